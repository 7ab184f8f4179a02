package io.lightvessel.gateway.scrape.config;

/** How targets are asked to write names that are not legacy ones. */
public enum EscapingScheme {
    ALLOW_UTF_8("allow-utf-8"),
    UNDERSCORES("underscores"),
    DOTS("dots"),
    VALUES("values");

    private final String label;

    EscapingScheme(String label) {
        this.label = label;
    }

    /** The scheme as configs and {@code escaping=} spell it. */
    public String label() {
        return label;
    }

    public static EscapingScheme of(String label) {
        for (EscapingScheme scheme : values()) {
            if (scheme.label.equals(label)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("escaping scheme: '" + label + "' (expected: one of those of the schema)");
    }
}
