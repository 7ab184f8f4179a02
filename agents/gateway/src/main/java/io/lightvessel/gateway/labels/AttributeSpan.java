package io.lightvessel.gateway.labels;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.netty.buffer.ByteBuf;

/** Where the key and the value of one attribute lie in a payload. */
public final class AttributeSpan {
    private static final int KEY = 1 << 3 | LEN;
    private static final int VALUE = 2 << 3 | LEN;

    private int keyStart;
    private int keyLength;
    private int valueStart;
    private int valueEnd;
    private int end;
    private int outer;

    /** Enters a KeyValue and looks where its parts are; {@link #leave} goes on behind it. */
    public void enter(ProtoReader reader) throws MalformedPayload {
        outer = reader.enter();
        keyStart = reader.position();
        keyLength = 0;
        valueStart = keyStart;
        valueEnd = keyStart;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case KEY -> {
                    keyLength = reader.length();
                    keyStart = reader.position();
                    reader.skip(keyLength);
                }
                case VALUE -> {
                    int length = reader.length();
                    valueStart = reader.position();
                    valueEnd = valueStart + length;
                    reader.skip(length);
                }
                default -> reader.skipField(tag);
            }
        }
        end = reader.position();
    }

    public void leave(ProtoReader reader) {
        reader.reset(end, end);
        reader.leave(outer);
    }

    /** Puts the reader on the value, an AnyValue. */
    public void toValue(ProtoReader reader) {
        reader.reset(valueStart, valueEnd);
    }

    public int keyStart() {
        return keyStart;
    }

    public int keyLength() {
        return keyLength;
    }

    public int valueStart() {
        return valueStart;
    }

    public int valueEnd() {
        return valueEnd;
    }

    public boolean hasKey(ByteBuf bytes, byte[] key) {
        return isKey(bytes, keyStart, keyLength, key);
    }

    /** Whether a key that lies in a payload is this one. */
    public static boolean isKey(ByteBuf bytes, int start, int length, byte[] key) {
        if (length != key.length) {
            return false;
        }
        // Keys of one family begin alike, so the end tells them apart sooner.
        for (int i = length - 1; i >= 0; i--) {
            if (bytes.getByte(start + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Adds the attribute as a label. */
    public void addTo(LabelSet labels, ProtoReader reader, int as) throws MalformedPayload {
        toValue(reader);
        labels.add(reader.bytes(), keyStart, keyLength, reader, as);
    }
}
