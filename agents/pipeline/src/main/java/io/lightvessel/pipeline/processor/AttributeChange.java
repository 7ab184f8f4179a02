package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Otlp;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One change of an attribute.
 *
 * @param value the encoded value to set; null when it comes from another attribute, or for a deletion
 * @param from the attribute to copy from
 */
record AttributeChange(
        Action action,
        String key,
        byte @Nullable [] value,
        @Nullable String from) {

    /** When a value is set. */
    enum Action {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE
    }

    private static final int BOOL_VALUE = 2 << 3 | WireReader.VARINT;
    private static final int INT_VALUE = 3 << 3 | WireReader.VARINT;
    private static final int DOUBLE_VALUE = 4 << 3 | WireReader.FIXED64;

    static AttributeChange of(Settings settings) {
        Action action = Action.valueOf(settings.string("action").toUpperCase(Locale.ROOT));
        byte[] value = settings.has("value") ? encoded(settings.scalar("value")) : null;
        return new AttributeChange(
                action,
                settings.string("key"),
                value,
                settings.optionalString("from_attribute").orElse(null));
    }

    /** The value as an AnyValue message. */
    private static byte[] encoded(Object value) {
        ByteBuf out = Unpooled.buffer();
        switch (value) {
            case Boolean flag -> {
                WireWriter.writeVarint(out, BOOL_VALUE);
                WireWriter.writeVarint(out, flag ? 1 : 0);
            }
            case Long whole -> {
                WireWriter.writeVarint(out, INT_VALUE);
                WireWriter.writeVarint(out, whole);
            }
            case Double decimal -> {
                WireWriter.writeVarint(out, DOUBLE_VALUE);
                out.writeDoubleLE(decimal);
            }
            default -> {
                byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
                WireWriter.writeFieldHeader(out, Otlp.STRING_VALUE, text.length);
                out.writeBytes(text);
            }
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
