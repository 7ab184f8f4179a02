package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;

/** Puts an edited message together: what was not touched in runs as long as possible, the rest field by field. */
final class MessageWriter {

    private static final int KEY = 1 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int VALUE = 2 << 3 | WireReader.LENGTH_DELIMITED;

    private MessageWriter() {}

    static void write(FieldTable t, int attributesTag, Arena out) throws MalformedPayload {
        int runFrom = t.from;
        int runTo = t.from;
        for (int i = 0; i < t.fields; i++) {
            byte state = t.state[i];
            if (state == FieldTable.KEPT) {
                if (t.start[i] != runTo) {
                    out.writeBytes(t.bytes, runFrom, runTo - runFrom);
                    runFrom = t.start[i];
                }
                runTo = t.end[i];
            } else if (state != FieldTable.DROPPED) {
                out.writeBytes(t.bytes, runFrom, runTo - runFrom);
                runFrom = runTo;
                if (state == FieldTable.ATTRIBUTE) {
                    writeAttribute(t, attributesTag, t.attribute[i], out);
                } else {
                    byte[] array = t.array[i];
                    out.writeBytes(array == null ? t.bytes : array, t.start[i], t.end[i] - t.start[i]);
                }
            }
        }
        out.writeBytes(t.bytes, runFrom, runTo - runFrom);
    }

    private static void writeAttribute(FieldTable t, int attributesTag, int attribute, Arena out)
            throws MalformedPayload {
        int key = t.keyTo[attribute] - t.keyFrom[attribute];
        int value = t.valueTo[attribute] - t.valueFrom[attribute];
        int unknown = t.odd[attribute] ? t.unknownFields(attribute, null) : 0;
        int size = 2 + Wire.sizeOfVarint(key) + key + Wire.sizeOfVarint(value) + value + unknown;
        int at = out.reserve(1 + Wire.sizeOfVarint(size) + size - unknown);
        byte[] to = out.array();
        to[at] = (byte) attributesTag;
        at = Wire.putVarint(to, at + 1, size);
        to[at] = (byte) KEY;
        at = Wire.putVarint(to, at + 1, key);
        byte[] keys = t.keyArray[attribute];
        System.arraycopy(keys == null ? t.bytes : keys, t.keyFrom[attribute], to, at, key);
        at += key;
        to[at] = (byte) VALUE;
        at = Wire.putVarint(to, at + 1, value);
        byte[] values = t.valueArray[attribute];
        System.arraycopy(values == null ? t.bytes : values, t.valueFrom[attribute], to, at, value);
        if (unknown > 0) {
            t.unknownFields(attribute, out);
        }
    }
}
