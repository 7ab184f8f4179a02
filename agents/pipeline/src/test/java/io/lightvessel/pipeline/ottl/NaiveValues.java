package io.lightvessel.pipeline.ottl;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as objects: null, Boolean, Long, Double, String, ByteString, List and Map. */
final class NaiveValues {

    private NaiveValues() {}

    /** A statement that cannot be run. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A trace's or span's id, whose bytes may be too few. */
    record Id(int size, ByteString bytes) {}

    static Object decode(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> value.getBytesValue();
            case ARRAY_VALUE -> {
                List<Object> list = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(element -> list.add(decode(element)));
                yield list;
            }
            case KVLIST_VALUE -> decode(value.getKvlistValue().getValuesList());
            default -> null;
        };
    }

    static Map<String, Object> decode(List<KeyValue> entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), decode(entry.getValue())));
        return map;
    }

    static AnyValue encode(Object value) {
        AnyValue.Builder encoded = AnyValue.newBuilder();
        switch (value) {
            case null -> {
                // An empty value.
            }
            case String text -> encoded.setStringValue(text);
            case Boolean flag -> encoded.setBoolValue(flag);
            case Long whole -> encoded.setIntValue(whole);
            case Double decimal -> encoded.setDoubleValue(decimal);
            case ByteString bytes -> encoded.setBytesValue(bytes);
            case List<?> list -> {
                ArrayValue.Builder array = ArrayValue.newBuilder();
                list.forEach(element -> array.addValues(encode(element)));
                encoded.setArrayValue(array);
            }
            case Map<?, ?> map ->
                encoded.setKvlistValue(KeyValueList.newBuilder().addAllValues(encodeMap(map)));
            default -> throw new IllegalArgumentException(String.valueOf(value));
        }
        return encoded.build();
    }

    static List<KeyValue> encodeMap(Map<?, ?> map) {
        List<KeyValue> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(KeyValue.newBuilder()
                .setKey((String) key)
                .setValue(encode(value))
                .build()));
        return entries;
    }

    static String text(Object value) {
        return switch (value) {
            case null -> null;
            case Double decimal ->
                new BigDecimal(decimal.toString()).stripTrailingZeros().toPlainString();
            case ByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            case Id id -> text(id.bytes());
            case List<?> list -> json(list);
            case Map<?, ?> map -> json(map);
            default -> value.toString();
        };
    }

    private static String json(Object value) {
        return switch (value) {
            case null -> "null";
            case String text ->
                "\""
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                        + "\"";
            case ByteString bytes -> "\"" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\"";
            case List<?> list -> {
                List<String> parts = new ArrayList<>();
                list.forEach(element -> parts.add(json(element)));
                yield "[" + String.join(",", parts) + "]";
            }
            case Map<?, ?> map -> {
                List<String> parts = new ArrayList<>();
                new TreeMap<>(map).forEach((key, inner) -> parts.add("\"" + key + "\":" + json(inner)));
                yield "{" + String.join(",", parts) + "}";
            }
            default -> text(value);
        };
    }
}
