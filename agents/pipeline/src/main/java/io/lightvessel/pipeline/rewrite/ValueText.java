package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Values as text, spelt as the Collector spells them: lists as JSON, keys sorted; bytes as Base64; short numbers. */
public final class ValueText {

    private static final int DEEPEST = 64;
    private static final String HEX = "0123456789abcdef";

    private ValueText() {}

    public static String of(AnyValue value) throws MalformedPayload {
        return switch (value.kind()) {
            case EMPTY -> "";
            case STRING -> value.text();
            case BOOL -> value.bool() ? "true" : "false";
            case INT -> Long.toString(value.integer());
            case DOUBLE -> ofNumber(value.decimal());
            case BYTES -> base64(value);
            case ARRAY, KVLIST -> {
                StringBuilder json = new StringBuilder();
                appendJson(json, value, 0);
                yield json.toString();
            }
        };
    }

    /** A number as in JSON, the way Go writes it: no exponent between 1e-6 and 1e21. */
    public static String ofNumber(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "json: unsupported value: " + (Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf");
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size >= 1e-6 && size < 1e21) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = exponent < 0 ? "-" : "+";
        String power = Math.abs(exponent) < 10 && exponent > 0 ? "0" + exponent : "" + Math.abs(exponent);
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + sign
                + power;
    }

    private static String base64(AnyValue value) {
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(value.bytes(), value.from(), value.to()));
    }

    private static void appendJson(StringBuilder json, AnyValue value, int depth) throws MalformedPayload {
        if (depth > DEEPEST) {
            throw new MalformedPayload("a value nested " + depth + " deep (expected: at most " + DEEPEST + ")");
        }
        switch (value.kind()) {
            case EMPTY -> json.append("null");
            case STRING -> appendQuoted(json, value.text());
            case BYTES -> json.append('"').append(base64(value)).append('"');
            case BOOL -> json.append(value.bool());
            case INT -> json.append(value.integer());
            case DOUBLE -> json.append(ofNumber(value.decimal()));
            case ARRAY -> appendArray(json, value, depth);
            case KVLIST -> appendMap(json, value, depth);
        }
    }

    private static void appendArray(StringBuilder json, AnyValue value, int depth) throws MalformedPayload {
        json.append('[');
        String separator = "";
        WireReader reader = new WireReader(Unpooled.wrappedBuffer(value.bytes()), value.from(), value.to());
        while (reader.hasMore()) {
            int tag = reader.readTag();
            if (tag != (1 << 3 | WireReader.LENGTH_DELIMITED)) {
                reader.skip(tag);
                continue;
            }
            int length = reader.readLength();
            AnyValue element = new AnyValue();
            element.read(value.bytes(), reader.position(), reader.position() + length);
            reader.skipBytes(length);
            json.append(separator);
            separator = ",";
            appendJson(json, element, depth + 1);
        }
        json.append(']');
    }

    private static void appendMap(StringBuilder json, AnyValue value, int depth) throws MalformedPayload {
        Message entries = new Message();
        // A KeyValueList's entries are field 1, as a resource's attributes are.
        entries.show(MessageType.RESOURCE, value.bytes(), value.from(), value.to());
        Map<String, Integer> sorted = new TreeMap<>();
        for (int i = 0; i < entries.attributes(); i++) {
            sorted.put(entries.keyText(i), i);
        }
        json.append('{');
        String separator = "";
        for (Map.Entry<String, Integer> entry : sorted.entrySet()) {
            json.append(separator);
            separator = ",";
            appendQuoted(json, entry.getKey());
            json.append(':');
            appendJson(json, entries.value(entry.getValue()), depth + 1);
        }
        json.append('}');
    }

    private static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        json.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
                        json.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
