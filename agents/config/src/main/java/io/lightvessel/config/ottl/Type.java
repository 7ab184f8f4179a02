package io.lightvessel.config.ottl;

/** What is known about a value before it is there. */
public enum Type {
    /** The value of an attribute or a body: anything, and perhaps nothing. */
    ANY("any value"),
    NIL("nil"),
    TEXT("a text"),
    WHOLE("a whole number"),
    DECIMAL("a decimal number"),
    FLAG("true or false"),
    BYTES("bytes"),
    MAP("a map"),
    LIST("a list"),
    TRACE_ID("a trace id"),
    SPAN_ID("a span id");

    private final String phrase;

    Type(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }

    boolean isNumber() {
        return this == WHOLE || this == DECIMAL;
    }

    /** Whether a value of this type may turn out to be of another. */
    boolean mayBe(Type other) {
        return this == ANY || other == ANY || this == other;
    }
}
