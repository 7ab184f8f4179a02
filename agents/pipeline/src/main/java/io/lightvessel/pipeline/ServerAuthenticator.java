package io.lightvessel.pipeline;

import org.jspecify.annotations.Nullable;

/** Decides by a request's headers who sends it and whether he may; asked before the body is read. */
public interface ServerAuthenticator extends Extension {

    /** Never blocks for long and never throws; secrets are compared in constant time. */
    Verdict authenticate(RequestHeaders headers);

    /** A request's headers by their lower-case names. */
    @FunctionalInterface
    interface RequestHeaders {

        /** The first value; null when the header is missing. */
        @Nullable
        String get(String lowerCaseName);
    }

    /** What became of the question. */
    sealed interface Verdict {

        /** @param subject who it is, for fairness and for people; never a secret */
        record Allowed(String subject) implements Verdict {}

        /**
         * @param message one sentence for the client; never a secret and never the name of who may
         * @param challenge the value of {@code WWW-Authenticate}
         */
        record Denied(String message, String challenge) implements Verdict {}
    }
}
