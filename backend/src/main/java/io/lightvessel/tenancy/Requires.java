package io.lightvessel.tenancy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the actor in scope must be allowed to. On a service's method it is enforced whoever calls; on an operation of the REST
 * API it is enforced before the request's body is read, and published as {@code x-required-role}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    Permission value();
}
