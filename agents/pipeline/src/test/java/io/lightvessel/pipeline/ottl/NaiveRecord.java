package io.lightvessel.pipeline.ottl;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lightvessel.config.ottl.Field;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.Shape;
import io.lightvessel.pipeline.ottl.NaiveValues.Failure;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A record and what is around it, as builders of the published classes. */
final class NaiveRecord {

    private final Map<OttlContext, Message.Builder> builders;

    NaiveRecord(Map<OttlContext, Message.Builder> builders) {
        this.builders = builders;
    }

    private static FieldDescriptor descriptor(Message.Builder builder, Field field) {
        String name = field.shape() == Shape.ATTRIBUTES ? field.name() : null;
        return name != null
                ? builder.getDescriptorForType().findFieldByName(name)
                : builder.getDescriptorForType().findFieldByNumber(field.number());
    }

    @SuppressWarnings("unchecked")
    Object read(Field field) {
        Message.Builder builder = builders.get(field.owner());
        Object raw = builder.getField(descriptor(builder, field));
        return switch (field.shape()) {
            case ATTRIBUTES -> NaiveValues.decode((List<KeyValue>) raw);
            case VALUE -> NaiveValues.decode((AnyValue) raw);
            case TEXT, FIXED64 -> raw;
            case VARINT -> raw instanceof Integer small ? Integer.toUnsignedLong(small) : raw;
            case ID -> id(field, (ByteString) raw);
            case ID_TEXT -> NaiveValues.text(id(field, (ByteString) raw));
            default -> throw new IllegalArgumentException(field + " is not among the random ones");
        };
    }

    /** What is not there is zeros. */
    private static NaiveValues.Id id(Field field, ByteString raw) {
        int size = size(field);
        return new NaiveValues.Id(size, raw.isEmpty() ? ByteString.copyFrom(new byte[size]) : raw);
    }

    private static int size(Field field) {
        return field.name().startsWith("trace_id") ? 16 : 8;
    }

    void write(Field field, Object value) {
        Message.Builder builder = builders.get(field.owner());
        FieldDescriptor descriptor = descriptor(builder, field);
        switch (field.shape()) {
            case ATTRIBUTES -> {
                if (!(value instanceof Map<?, ?> map)) {
                    throw new Failure();
                }
                builder.setField(descriptor, NaiveValues.encodeMap(map));
            }
            case VALUE -> builder.setField(descriptor, NaiveValues.encode(value));
            case TEXT -> {
                if (!(value instanceof String)) {
                    throw new Failure();
                }
                builder.setField(descriptor, value);
            }
            case FIXED64 -> {
                if (!(value instanceof Long)) {
                    throw new Failure();
                }
                builder.setField(descriptor, value);
            }
            case VARINT -> {
                if (!(value instanceof Long number) || number < 0 || number > 0xFFFFFFFFL) {
                    throw new Failure();
                }
                builder.setField(descriptor, number.intValue());
            }
            case ID -> {
                if (!(value instanceof NaiveValues.Id id)
                        || id.size() != size(field)
                        || id.bytes().size() != id.size()) {
                    throw new Failure();
                }
                builder.setField(descriptor, id.bytes());
            }
            case ID_TEXT -> {
                if (!(value instanceof String digits) || !digits.matches("([0-9a-fA-F]{2}){" + size(field) + "}")) {
                    throw new Failure();
                }
                builder.setField(descriptor, ByteString.copyFrom(HexFormat.of().parseHex(digits)));
            }
            default -> throw new IllegalArgumentException(field + " is not among the random ones");
        }
    }
}
