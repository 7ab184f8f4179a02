package io.lightvessel.gateway.otlp.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes OTLP requests with every field of the descriptors filled at random, and their OTLP JSON. */
final class RandomRequests {
    private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

    private final Random random;

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    Message fill(Message.Builder builder, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (random.nextInt(4) == 0
                    || (field.getContainingOneof() != null
                            && builder.hasOneof(field.getContainingOneof())
                            && random.nextBoolean())) {
                continue;
            }
            if (depth > 12 && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(depth > 6 ? 2 : 4); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, depth));
                }
            } else {
                builder.setField(field, value(builder, field, depth));
            }
        }
        return builder.build();
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> field.getType() == FieldDescriptor.Type.SINT32 ? random.nextInt() : random.nextInt(100);
            case LONG -> random.nextInt(3) == 0 ? random.nextLong() : (long) random.nextInt(1000);
            case FLOAT, DOUBLE ->
                switch (random.nextInt(5)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.NEGATIVE_INFINITY;
                    case 2 -> random.nextGaussian() * 1e300;
                    default -> (double) random.nextInt();
                };
            case BOOLEAN -> random.nextBoolean();
            case STRING -> random.nextInt(3) == 0 ? "" : "§ \"ü\" 😀 \n" + random.nextInt();
            case BYTE_STRING -> {
                byte[] bytes = new byte
                        [field.getName().equals("trace_id")
                                ? 16
                                : field.getName().endsWith("span_id") ? 8 : random.nextInt(200)];
                random.nextBytes(bytes);
                yield ByteString.copyFrom(bytes);
            }
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> fill(builder.newBuilderForField(field), depth + 1);
        };
    }

    static String otlpJson(Message message) throws InvalidProtocolBufferException {
        JsonElement tree = JsonParser.parseString(
                JsonFormat.printer().printingEnumsAsInts().print(message));
        idsToHex(tree);
        return tree.toString();
    }

    private static void idsToHex(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(RandomRequests::idsToHex);
        } else if (element instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                if (IDS.contains(entry.getKey())) {
                    byte[] id = Base64.getDecoder().decode(entry.getValue().getAsString());
                    entry.setValue(new JsonPrimitive(HexFormat.of().formatHex(id)));
                } else {
                    idsToHex(entry.getValue());
                }
            }
        }
    }
}
