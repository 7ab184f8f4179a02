package io.lightvessel.stack;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a request header. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[A-Za-z0-9-]{1,64}", message = "expected: a header name")
@interface HeaderName {
    String message() default "expected: a header name";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
