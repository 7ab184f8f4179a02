package io.lightvessel.onboarding;

import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.ErrorType;

/** What can be wrong with an enrolment token. */
public enum OnboardingError implements ErrorCode {
    ENROLLMENT_TOKEN_NOT_FOUND(ErrorType.NOT_FOUND, "Enrolment token not found");

    private final ErrorType type;
    private final String title;

    OnboardingError(ErrorType type, String title) {
        this.type = type;
        this.title = title;
    }

    @Override
    public ErrorType type() {
        return type;
    }

    @Override
    public String title() {
        return title;
    }
}
