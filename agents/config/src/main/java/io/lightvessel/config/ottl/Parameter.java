package io.lightvessel.config.ottl;

/** What a function takes at one place. */
record Parameter(String name, Kind kind, boolean optional) {

    /** What may stand there. */
    enum Kind {
        /** A path that can be written. */
        TARGET("a field to change"),
        /** A path that can be written and is or may be a map. */
        MAP_TARGET("a field that is a map, such as attributes"),
        VALUE("a value"),
        TEXT("a text"),
        WHOLE("a whole number"),
        MAP("a map"),
        /** A list of values that become texts. */
        VALUES("a list of values in brackets"),
        LITERAL_TEXT("a text in double quotes"),
        LITERAL_TEXTS("a list of texts in double quotes"),
        LITERAL_LIMIT("a whole number of 0 or more"),
        LITERAL_FLAG("true or false"),
        BYTES("bytes such as 0x0a1b"),
        PATTERN("a regular expression in double quotes"),
        GLOB("a pattern in double quotes, with * and ? for any characters");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }

        String phrase() {
            return phrase;
        }
    }

    static Parameter of(String name, Kind kind) {
        return new Parameter(name, kind, false);
    }

    static Parameter optional(String name, Kind kind) {
        return new Parameter(name, kind, true);
    }
}
