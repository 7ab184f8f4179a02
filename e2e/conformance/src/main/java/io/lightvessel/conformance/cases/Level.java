package io.lightvessel.conformance.cases;

/** How much a specification wants something. */
public enum Level {
    MUST,
    SHOULD,
    MAY
}
