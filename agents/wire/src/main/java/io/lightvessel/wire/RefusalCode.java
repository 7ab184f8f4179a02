package io.lightvessel.wire;

import java.util.Locale;
import java.util.Optional;

/** Why the control plane refuses a connection; the {@code code} of the problem+json that comes with a 401. */
public enum RefusalCode {
    ENROLLMENT_TOKEN_UNKNOWN,
    ENROLLMENT_TOKEN_WRONG,
    ENROLLMENT_TOKEN_EXPIRED,
    ENROLLMENT_TOKEN_USED_UP,
    ENROLLMENT_TOKEN_REVOKED,
    CREDENTIAL_UNKNOWN,
    CREDENTIAL_REVOKED,
    AGENT_QUOTA_EXCEEDED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RefusalCode> ofCode(String code) {
        for (RefusalCode refusal : values()) {
            if (refusal.code().equals(code)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
