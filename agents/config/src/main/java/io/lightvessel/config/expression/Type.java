package io.lightvessel.config.expression;

/** What is known of a value without a record. */
enum Type {
    TEXT("text"),
    NUMBER("a number"),
    FLAG("true or false"),
    NIL("nil"),
    LIST("a list"),
    MAP("all attributes"),
    /** Whatever a record has there. */
    ANY("a value");

    private final String what;

    Type(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }

    /** Whether a value of this type may be one of that type. */
    boolean mayBe(Type other) {
        return this == other || this == ANY;
    }

    static Type of(Node node) {
        return switch (node) {
            case Node.Literal literal ->
                switch (literal.value()) {
                    case null -> NIL;
                    case String _ -> TEXT;
                    case Boolean _ -> FLAG;
                    default -> NUMBER;
                };
            case Node.Elements _ -> LIST;
            case Node.Name name ->
                switch (name.root()) {
                    case BODY, SEVERITY_TEXT -> TEXT;
                    case SEVERITY_NUMBER -> NUMBER;
                    case ATTRIBUTES, RESOURCE -> MAP;
                };
            case Node.Member _ -> ANY;
            case Node.Call call ->
                switch (call.function()) {
                    case LEN -> NUMBER;
                    case LOWER, UPPER, TRIM, TYPE -> TEXT;
                };
            case Node.Not _, Node.All _, Node.Any _, Node.Compare _, Node.Matches _, Node.TextPart _, Node.In _ -> FLAG;
        };
    }
}
