package io.lightvessel.conformance.cases;

/** What a case came to. */
public enum Verdict {
    PASS,
    FAIL,
    /** It could not be tried here; the result says why. */
    SKIP
}
