package io.lightvessel.pipeline.attributes;

import com.google.protobuf.Message;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lightvessel.pipeline.rewrite.NaiveRewriter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The actions of the attributes processor on lists of objects, each written down as its documentation puts it. */
final class NaiveAttributes {

    private final List<Map<String, Object>> actions;

    /** @param actions with the keys and values of the config */
    NaiveAttributes(List<Map<String, Object>> actions) {
        this.actions = actions;
    }

    Message edit(Message message) {
        Message edited = NaiveRewriter.withAttributes(message, actions, (attributes, all) -> {
            all.forEach(action -> apply(attributes, action));
            return attributes;
        });
        return edited.equals(message) ? message : edited;
    }

    private static void apply(List<Message> attributes, Map<String, Object> action) {
        String key = (String) action.getOrDefault("key", "");
        String pattern = (String) action.get("pattern");
        switch ((String) action.get("action")) {
            case "insert" -> {
                if (find(attributes, key) < 0) {
                    set(attributes, key, value(attributes, action));
                }
            }
            case "update" -> {
                if (find(attributes, key) >= 0) {
                    set(attributes, key, value(attributes, action));
                }
            }
            case "upsert" -> set(attributes, key, value(attributes, action));
            case "delete" -> {
                attributes.removeIf(
                        attribute -> !key.isEmpty() && key(attribute).equals(key));
                if (pattern != null) {
                    attributes.removeIf(attribute ->
                            Pattern.compile(pattern).matcher(key(attribute)).find());
                }
            }
            case "hash" -> {
                if (find(attributes, key) >= 0 && !key.isEmpty()) {
                    hash(attributes, find(attributes, key));
                }
                for (int i = 0; pattern != null && i < attributes.size(); i++) {
                    if (Pattern.compile(pattern).matcher(key(attributes.get(i))).find()) {
                        hash(attributes, i);
                    }
                }
            }
            case "extract" -> extract(attributes, key, pattern);
            case "convert" -> convert(attributes, key, (String) action.get("converted_type"));
            default -> throw new AssertionError(action);
        }
    }

    private static AnyValue value(List<Message> attributes, Map<String, Object> action) {
        if (action.containsKey("value")) {
            return constant(action.get("value"));
        }
        int from = find(attributes, (String) action.getOrDefault("from_attribute", "no such attribute"));
        if (from >= 0) {
            return ((KeyValue) attributes.get(from)).getValue();
        }
        return action.containsKey("default_value") ? constant(action.get("default_value")) : null;
    }

    private static AnyValue constant(Object value) {
        return switch (value) {
            case Integer whole -> AnyValue.newBuilder().setIntValue(whole).build();
            case Double decimal -> AnyValue.newBuilder().setDoubleValue(decimal).build();
            case Boolean flag -> AnyValue.newBuilder().setBoolValue(flag).build();
            default -> text(value.toString());
        };
    }

    private static void extract(List<Message> attributes, String key, String pattern) {
        int from = find(attributes, key);
        if (from < 0 || !((KeyValue) attributes.get(from)).getValue().hasStringValue()) {
            return;
        }
        Pattern compiled = Pattern.compile(pattern);
        Matcher matcher =
                compiled.matcher(((KeyValue) attributes.get(from)).getValue().getStringValue());
        if (matcher.find()) {
            List<String> names = new ArrayList<>(compiled.namedGroups().keySet());
            names.sort(java.util.Comparator.comparing(
                    name -> compiled.namedGroups().get(name)));
            for (String name : names) {
                set(attributes, name, text(matcher.group(name) == null ? "" : matcher.group(name)));
            }
        }
    }

    private static void convert(List<Message> attributes, String key, String type) {
        int at = find(attributes, key);
        if (at < 0) {
            return;
        }
        AnyValue value = ((KeyValue) attributes.get(at)).getValue();
        AnyValue converted = null;
        try {
            converted = switch (type) {
                case "int" ->
                    switch (value.getValueCase()) {
                        case DOUBLE_VALUE -> whole((long) value.getDoubleValue());
                        case BOOL_VALUE -> whole(value.getBoolValue() ? 1 : 0);
                        case STRING_VALUE -> whole(Long.parseLong(value.getStringValue()));
                        default -> null;
                    };
                case "double" ->
                    switch (value.getValueCase()) {
                        case INT_VALUE -> decimal(value.getIntValue());
                        case BOOL_VALUE -> decimal(value.getBoolValue() ? 1 : 0);
                        case STRING_VALUE -> decimal(Double.parseDouble(value.getStringValue()));
                        default -> null;
                    };
                default -> value.hasStringValue() ? null : text(asText(value));
            };
        } catch (NumberFormatException e) {
            // It stays as it is.
        }
        if (converted != null) {
            set(attributes, key, converted);
        }
    }

    /** Lists and odd numbers have a test of their own. */
    static String asText(AnyValue value) {
        io.lightvessel.pipeline.rewrite.AnyValue read = new io.lightvessel.pipeline.rewrite.AnyValue();
        byte[] bytes = value.toByteArray();
        return switch (value.getValueCase()) {
            case BOOL_VALUE -> "" + value.getBoolValue();
            case INT_VALUE -> "" + value.getIntValue();
            case VALUE_NOT_SET -> "";
            default -> {
                try {
                    read.read(bytes, 0, bytes.length);
                    yield io.lightvessel.pipeline.rewrite.ValueText.of(read);
                } catch (io.lightvessel.pipeline.MalformedPayload e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private static void hash(List<Message> attributes, int at) {
        AnyValue value = ((KeyValue) attributes.get(at)).getValue();
        byte[] bytes = switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue().getBytes(StandardCharsets.UTF_8);
            case BOOL_VALUE -> new byte[] {(byte) (value.getBoolValue() ? 1 : 0)};
            case INT_VALUE -> littleEndian(value.getIntValue());
            case DOUBLE_VALUE -> littleEndian(Double.doubleToLongBits(value.getDoubleValue()));
            default -> new byte[0];
        };
        try {
            String hash = bytes.length == 0
                    ? ""
                    : HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            attributes.set(
                    at,
                    ((KeyValue) attributes.get(at))
                            .toBuilder().setValue(text(hash)).build());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue whole(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    private static AnyValue decimal(double value) {
        return AnyValue.newBuilder().setDoubleValue(value).build();
    }

    private static String key(Message attribute) {
        return ((KeyValue) attribute).getKey();
    }

    static int find(List<Message> attributes, String key) {
        for (int i = 0; i < attributes.size(); i++) {
            if (key(attributes.get(i)).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static void set(List<Message> attributes, String key, AnyValue value) {
        int at = find(attributes, key);
        if (value == null) {
            return;
        }
        if (at < 0) {
            attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
        } else {
            attributes.set(
                    at,
                    ((KeyValue) attributes.get(at)).toBuilder().setValue(value).build());
        }
    }
}
