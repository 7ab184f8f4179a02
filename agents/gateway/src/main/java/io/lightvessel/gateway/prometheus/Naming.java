package io.lightvessel.gateway.prometheus;

/**
 * How names of metrics and labels are made of OpenTelemetry's.
 *
 * @param escapes whether everything but letters, digits, underscores (and colons) becomes an underscore
 * @param suffixes whether metrics' names end in their unit and {@code _total}
 */
record Naming(boolean escapes, boolean suffixes) {

    /** Reads one of the names that {@code translation_strategy} can have. */
    static Naming of(String strategy) {
        return switch (strategy) {
            case "UnderscoreEscapingWithSuffixes" -> new Naming(true, true);
            case "UnderscoreEscapingWithoutSuffixes" -> new Naming(true, false);
            case "NoUTF8EscapingWithSuffixes" -> new Naming(false, true);
            case "NoTranslation" -> new Naming(false, false);
            default -> throw new IllegalArgumentException("translation_strategy: '" + strategy + "'");
        };
    }
}
