package io.lightvessel.wire;

import java.time.Instant;

/** The outcome of verifying a signed config; each refusal says in one sentence what is wrong. */
public sealed interface ConfigVerdict {

    /** The config may be applied. */
    record Valid(SignedConfig config) implements ConfigVerdict {}

    /** The config must not be applied. */
    sealed interface Refused extends ConfigVerdict {
        String reason();
    }

    /** Signed with another key than the one pinned at enrolment. */
    record UnknownKey(String keyId, String pinned) implements Refused {
        @Override
        public String reason() {
            return "config refused: signed with key " + keyId + " (expected: " + pinned + ", pinned at enrolment)";
        }
    }

    /** The signature does not belong to these fields. */
    record Forged() implements Refused {
        @Override
        public String reason() {
            return "config refused: the signature does not match, it was forged or altered on the way";
        }
    }

    /** The signature is genuine, the text is not the one that was signed. */
    record Altered(String signed, String received) implements Refused {
        @Override
        public String reason() {
            return "config refused: its SHA-256 is " + received + " (expected: " + signed + ", as signed)";
        }
    }

    /** Made for somebody else. */
    record WrongTarget(String field, String signed, String own) implements Refused {
        @Override
        public String reason() {
            return "config refused: signed for " + field + " " + signed + " (expected: " + own + ")";
        }
    }

    /** Too old to be trusted. */
    record Expired(Instant notAfter) implements Refused {
        @Override
        public String reason() {
            return "config refused: it expired at " + notAfter + " (expected: a time to come by this host's clock)";
        }
    }

    /** Genuine, but older than what this agent already applied. */
    record Replayed(long revision, long lowest) implements Refused {
        @Override
        public String reason() {
            return "config refused: revision " + revision + " (expected: " + lowest
                    + " or later, which was applied before)";
        }
    }
}
