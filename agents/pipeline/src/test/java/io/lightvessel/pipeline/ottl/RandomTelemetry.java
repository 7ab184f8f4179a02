package io.lightvessel.pipeline.ottl;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests at random whose values are such that random statements find something in them. */
final class RandomTelemetry {

    private RandomTelemetry() {}

    static Message request(Signal signal, Random random) {
        return enriched((Message) Fixtures.randomRequest(signal, random), random);
    }

    /** Gives every message attributes of all types, each key once. */
    private static Message enriched(Message message, Random random) {
        Message.Builder builder = message.toBuilder();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean attributes = field.getName().equals("attributes");
            if (attributes) {
                Map<String, KeyValue> all = new LinkedHashMap<>();
                for (Object element : (List<?>) message.getField(field)) {
                    KeyValue old = (KeyValue) element;
                    // What becomes of an attribute's unknown fields is tested with the rewriter.
                    all.put(
                            old.getKey(),
                            KeyValue.newBuilder()
                                    .setKey(old.getKey())
                                    .setValue(old.getValue())
                                    .build());
                }
                for (int i = random.nextInt(5); i > 0; i--) {
                    String key = "key-" + random.nextInt(6);
                    all.put(
                            key,
                            KeyValue.newBuilder()
                                    .setKey(key)
                                    .setValue(NaiveValues.encode(value(random, 3)))
                                    .build());
                }
                builder.setField(field, List.copyOf(all.values()));
            } else if (field.getName().equals("trace_id") && random.nextInt(3) > 0) {
                builder.setField(field, id(random, 16));
            } else if (field.getName().endsWith("span_id") && random.nextInt(3) > 0) {
                builder.setField(field, id(random, 8));
            } else if (field.getName().equals("body") && random.nextBoolean()) {
                builder.setField(field, NaiveValues.encode(value(random, 2)));
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated()) {
                List<Message> elements = new ArrayList<>();
                ((List<?>) message.getField(field))
                        .forEach(element -> elements.add(enriched((Message) element, random)));
                builder.setField(field, elements);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && message.hasField(field)) {
                builder.setField(field, enriched((Message) message.getField(field), random));
            }
        }
        return builder.build();
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> (long) random.nextInt(-3, 10);
            case 1 -> random.nextInt(8) / 4.0;
            case 2 -> random.nextBoolean();
            case 3 -> ByteString.copyFrom(new byte[] {1, (byte) random.nextInt(4)});
            case 4 -> null;
            case 5, 6 -> List.of("abc", "ab", "b", "7", "", "acac bc").get(random.nextInt(6));
            case 7 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    map.put(List.of("k", "l", "key-1").get(random.nextInt(3)), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    /** One of a few ids; now and then one of a length that no id has. */
    private static ByteString id(Random random, int size) {
        byte[] id = new byte[random.nextInt(6) == 0 ? 5 : size];
        id[id.length - 1] = (byte) (1 + random.nextInt(3));
        return ByteString.copyFrom(id);
    }
}
