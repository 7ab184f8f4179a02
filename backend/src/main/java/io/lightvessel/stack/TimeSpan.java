package io.lightvessel.stack;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A length of time as people write it, such as 200ms or 5s; there must be one. */
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@NotNull(message = Expected.DURATION_EXPECTED)
@Pattern(regexp = Expected.DURATION, message = Expected.DURATION_EXPECTED)
@interface TimeSpan {
    String message() default Expected.DURATION_EXPECTED;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
