package io.lightvessel.stack;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A TCP port. */
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Min(value = 1, message = Expected.PORT)
@Max(value = 65535, message = Expected.PORT)
@interface Port {
    String message() default Expected.PORT;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
