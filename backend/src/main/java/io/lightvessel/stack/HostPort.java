package io.lightvessel.stack;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An address as host:port; there must be one. */
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@NotNull(message = Expected.HOST_PORT_EXPECTED)
@Pattern(regexp = Expected.HOST_PORT, message = Expected.HOST_PORT_EXPECTED)
@interface HostPort {
    String message() default Expected.HOST_PORT_EXPECTED;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
