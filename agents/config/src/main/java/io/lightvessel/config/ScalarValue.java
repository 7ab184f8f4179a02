package io.lightvessel.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one scalar as a type, or finds that it is none. */
final class ScalarValue {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,300}(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9._-]*):([0-9]{1,5})");

    private ScalarValue() {}

    /** Null when the text does not fit the type. */
    static @Nullable Object read(ValueType type, String text, boolean plain) {
        return switch (type) {
            case ValueType.Text _ -> text;
            case ValueType.ExtensionId _ -> text.isBlank() ? null : text;
            case ValueType.HostAndPort _ -> isHostAndPort(text) ? text : null;
            case ValueType.Url _ -> isUrl(text, false) ? text : null;
            case ValueType.GrpcTarget _ -> isHostAndPort(withoutDns(text)) || isUrl(text, true) ? text : null;
            case ValueType.Whole whole -> whole(text, whole);
            case ValueType.Decimal decimal -> decimal(text, decimal);
            case ValueType.Flag _ -> flag(text);
            case ValueType.Span span ->
                GoDuration.parse(text)
                        .filter(duration -> duration.compareTo(span.min()) >= 0)
                        .orElse(null);
            case ValueType.PromSpan span ->
                PromDuration.parse(text)
                        .filter(duration -> duration.compareTo(span.min()) >= 0)
                        .orElse(null);
            case ValueType.Size _ -> ByteSize.parse(text).orElse(null);
            case ValueType.Choice choice -> choice.find(text);
            case ValueType.Scalar _ -> plain ? typed(text) : text;
            case ValueType.TextList _,
                    ValueType.TextMap _,
                    ValueType.TextListMap _,
                    ValueType.SectionMap _,
                    ValueType.Refused _,
                    ValueType.Section _,
                    ValueType.SectionList _,
                    ValueType.Conditions _,
                    ValueType.Ottl _ ->
                throw new IllegalArgumentException("type: " + type + " (expected: a scalar type)");
        };
    }

    private static @Nullable Long whole(String text, ValueType.Whole range) {
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            return value < range.min() || value > range.max() ? null : value;
        } catch (NumberFormatException e) {
            // Nineteen digits can still be more than a long holds.
            return null;
        }
    }

    private static @Nullable Double decimal(String text, ValueType.Decimal range) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return value < range.min() || value > range.max() ? null : value;
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> Boolean.TRUE;
            case "false", "False", "FALSE" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** What YAML makes of a plain scalar. */
    private static Object typed(String text) {
        Boolean flag = flag(text);
        if (flag != null) {
            return flag;
        }
        Long whole = whole(text, new ValueType.Whole(Long.MIN_VALUE, Long.MAX_VALUE));
        if (whole != null) {
            return whole;
        }
        Double decimal = decimal(text, new ValueType.Decimal(-Double.MAX_VALUE, Double.MAX_VALUE));
        return decimal != null ? decimal : text;
    }

    private static boolean isHostAndPort(String text) {
        var matcher = HOST_AND_PORT.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65535;
    }

    /** As gRPC clients write a name that is to be looked up, which ours always are. */
    private static String withoutDns(String text) {
        return text.startsWith("dns:///") ? text.substring(7) : text;
    }

    /** User info is refused: an endpoint is shown in many places, and credentials belong into headers. */
    private static boolean isUrl(String text, boolean needsPort) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 65535
                    && (!needsPort || uri.getPort() >= 0);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
