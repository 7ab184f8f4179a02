package io.lightvessel.platform.web;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as strong entity tags: {@code "7"}. */
public final class ETags {
    private static final Pattern STRONG = Pattern.compile("\"(\\d{1,18})\"");

    private ETags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The version a write was based on, which it must say. */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new LightvesselException(
                    PlatformError.IF_MATCH_MISSING,
                    "If-Match: missing (expected: the ETag the resource was read with, so that nobody's change is lost)");
        }
        Matcher strong = STRONG.matcher(ifMatch.trim());
        if (!strong.matches()) {
            // A tag this server never gave out cannot match.
            throw new LightvesselException(
                    PlatformError.STALE,
                    "If-Match: %s (expected: one ETag of this resource, such as \"7\")".formatted(ifMatch));
        }
        return Long.parseLong(strong.group(1));
    }
}
