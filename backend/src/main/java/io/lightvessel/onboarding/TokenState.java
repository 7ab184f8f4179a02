package io.lightvessel.onboarding;

/** Whether an enrolment token still lets anybody in. */
public enum TokenState {
    ACTIVE,
    USED_UP,
    EXPIRED,
    REVOKED
}
