package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.rewrite.Arena;
import io.netty.buffer.Unpooled;

/** Goes through the elements of a list. */
final class Elements {

    private static final int ELEMENT = 1 << 3 | WireReader.LENGTH_DELIMITED;

    private final byte[] bytes;
    private final WireReader reader;
    private int from;
    private int to;

    Elements(Value list) {
        this.bytes = list.bytes();
        this.reader = new WireReader(Unpooled.wrappedBuffer(list.bytes()), list.from(), list.to());
    }

    boolean next() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            if (tag == ELEMENT) {
                int length = reader.readLength();
                from = reader.position();
                reader.skipBytes(length);
                to = reader.position();
                return true;
            }
            reader.skip(tag);
        }
        return false;
    }

    /** Where the element's {@code AnyValue} message begins in the list's bytes. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Appends the element as it is to another list's content. */
    void copyTo(Arena list) {
        list.writeField(ELEMENT, bytes, from, to - from);
    }

    /** Appends an element to a list's content. */
    static void write(Arena list, Value element) {
        Arena encoded = new Arena();
        element.writeTo(encoded);
        list.writeField(ELEMENT, encoded.array(), 0, encoded.size());
    }
}
