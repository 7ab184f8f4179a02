package io.lightvessel.stack;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An address beginning with http or https; there must be one. */
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@NotNull(message = Expected.HTTP_URL_EXPECTED)
@Pattern(regexp = Expected.HTTP_URL, message = Expected.HTTP_URL_EXPECTED)
@interface HttpUrl {
    String message() default Expected.HTTP_URL_EXPECTED;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
