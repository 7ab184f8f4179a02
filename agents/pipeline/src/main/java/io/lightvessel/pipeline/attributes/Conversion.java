package io.lightvessel.pipeline.attributes;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.ValueText;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Converts values to another type; one that cannot be converted stays as it is, as in the Collector. */
final class Conversion {

    private Conversion() {}

    static void convert(Message message, int attribute, AttributeAction.Type type) throws MalformedPayload {
        AnyValue value = message.value(attribute);
        Arena arena = message.arena();
        int from = arena.size();
        switch (type) {
            case STRING -> {
                if (value.kind() != AnyValue.Kind.STRING) {
                    AnyValues.writeText(arena, ValueText.of(value));
                }
            }
            case INT -> toInt(value).ifPresent(whole -> AnyValues.writeInt(arena, whole));
            case DOUBLE -> toDouble(value).ifPresent(decimal -> AnyValues.writeDouble(arena, decimal));
        }
        if (arena.size() > from) {
            message.setValue(attribute, arena.array(), from, arena.size());
        }
    }

    private static OptionalLong toInt(AnyValue value) {
        return switch (value.kind()) {
            case DOUBLE -> OptionalLong.of((long) value.decimal());
            case BOOL -> OptionalLong.of(value.bool() ? 1 : 0);
            case STRING -> Numbers.whole(value.text());
            case EMPTY, INT, ARRAY, KVLIST, BYTES -> OptionalLong.empty();
        };
    }

    private static OptionalDouble toDouble(AnyValue value) {
        return switch (value.kind()) {
            case INT -> OptionalDouble.of(value.integer());
            case BOOL -> OptionalDouble.of(value.bool() ? 1 : 0);
            case STRING -> Numbers.decimal(value.text());
            case EMPTY, DOUBLE, ARRAY, KVLIST, BYTES -> OptionalDouble.empty();
        };
    }
}
