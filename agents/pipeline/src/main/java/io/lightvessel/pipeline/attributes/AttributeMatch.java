package io.lightvessel.pipeline.attributes;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one attribute: that it is there, that it has a value of the same type, or that its text matches.
 *
 * @param value what it has to be; null with {@code pattern}, or when any value will do
 * @param pattern what its text has to match
 */
record AttributeMatch(
        AttributeKey key, @Nullable Object value, @Nullable TextMatch pattern) {

    static AttributeMatch of(boolean regexp, Settings settings) {
        AttributeKey key = new AttributeKey(settings.string("key"));
        if (!settings.has("value")) {
            return new AttributeMatch(key, null, null);
        }
        Object value = settings.scalar("value");
        return regexp
                ? new AttributeMatch(key, null, TextMatch.of(true, java.util.List.of(value.toString())))
                : new AttributeMatch(
                        key, value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value, null);
    }

    boolean matches(Message message) throws MalformedPayload {
        int attribute = message.find(key);
        if (attribute < 0) {
            return false;
        }
        if (value == null && pattern == null) {
            return true;
        }
        AnyValue found = message.value(attribute);
        return pattern == null ? isWanted(found) : matchesPattern(found, pattern);
    }

    private boolean isWanted(AnyValue found) {
        return switch (found.kind()) {
            case STRING -> value instanceof byte[] text && found.isText(text);
            case BOOL -> value instanceof Boolean flag && flag == found.bool();
            case INT -> value instanceof Long whole && whole == found.integer();
            case DOUBLE -> value instanceof Double decimal && decimal == found.decimal();
            case EMPTY, ARRAY, KVLIST, BYTES -> false;
        };
    }

    private static boolean matchesPattern(AnyValue found, TextMatch pattern) {
        return switch (found.kind()) {
            case STRING -> pattern.matches(found.bytes(), found.from(), found.to());
            case BOOL -> pattern.matches(found.bool() ? "true" : "false");
            case INT -> pattern.matches(Long.toString(found.integer()));
            case DOUBLE -> pattern.matches(plain(found.decimal()));
            case EMPTY, ARRAY, KVLIST, BYTES -> false;
        };
    }

    /** A number without exponent, as short as it is exact. */
    private static String plain(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
