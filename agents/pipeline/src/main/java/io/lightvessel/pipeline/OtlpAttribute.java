package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The key of an attribute, and where its value lies.
 *
 * @param valueFrom absolute index of the value message; equal to {@code valueTo} when there is none
 */
record OtlpAttribute(String key, int valueFrom, int valueTo) {

    /** Reads the attribute message the reader is in. */
    static OtlpAttribute read(WireReader reader) throws MalformedPayload {
        String key = "";
        int valueFrom = 0;
        int valueTo = 0;
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (tag) {
                case Otlp.ATTRIBUTE_KEY -> key = reader.readText();
                case Otlp.ATTRIBUTE_VALUE -> {
                    int outer = reader.enter();
                    valueFrom = reader.position();
                    valueTo = reader.limit();
                    reader.leave(outer);
                }
                default -> reader.skip(tag);
            }
        }
        return new OtlpAttribute(key, valueFrom, valueTo);
    }

    /** The value if it is a text, otherwise empty. */
    String text(ByteBuf bytes) throws MalformedPayload {
        String text = "";
        WireReader value = new WireReader(bytes, valueFrom, valueTo);
        while (value.hasMore()) {
            int tag = value.readTag();
            if (tag == Otlp.STRING_VALUE) {
                int length = value.readLength();
                text = bytes.toString(value.position(), length, StandardCharsets.UTF_8);
                value.skipBytes(length);
            } else {
                value.skip(tag);
            }
        }
        return text;
    }
}
