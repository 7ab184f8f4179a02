package io.lightvessel.platform;

import jakarta.validation.Validation;

/** The validator as the running program has it, without Spring. */
public final class FieldErrorsFixture {
    private FieldErrorsFixture() {}

    public static FieldErrors create() {
        return new FieldErrors(Validation.buildDefaultValidatorFactory().getValidator());
    }
}
