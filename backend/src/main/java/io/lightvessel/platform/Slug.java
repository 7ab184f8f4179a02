package io.lightvessel.platform;

import java.util.regex.Pattern;

/** The form of names people choose for tenants and clusters; they appear in URLs and as Kubernetes names. */
public final class Slug {
    public static final String PATTERN = "[a-z]([a-z0-9-]{0,38}[a-z0-9])?";
    public static final String EXPECTED =
            "1 to 40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Slug() {}

    public static boolean isValid(String slug) {
        return COMPILED.matcher(slug).matches();
    }
}
