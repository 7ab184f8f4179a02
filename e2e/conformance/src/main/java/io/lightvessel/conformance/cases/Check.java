package io.lightvessel.conformance.cases;

/** The running part of a case. */
@FunctionalInterface
public interface Check {

    Result run(Subject subject);
}
