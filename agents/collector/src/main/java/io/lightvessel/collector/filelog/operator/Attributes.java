package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The attributes of one record, as protobuf text in one array that is used for every record. A value is the content of an
 * {@code AnyValue}. Setting a key that is there replaces its value.
 */
public final class Attributes {
    static final int KEY_VALUE_KEY = 0x0A;
    static final int KEY_VALUE_VALUE = 0x12;
    static final int TEXT = 0x0A;
    private static final int FIELDS = 4;

    private final ProtoBytes content = new ProtoBytes();
    private int[] spans = new int[16 * FIELDS];
    private int count;

    void clear() {
        content.clear();
        count = 0;
    }

    int count() {
        return count;
    }

    /** Where values are written to, between {@link #begin} and {@link #end}. */
    ProtoBytes content() {
        return content;
    }

    /** Begins an attribute; its value's content is to be written next. */
    int begin(byte[] source, int from, int length) {
        int key = content.size();
        content.bytes(source, from, length);
        return key;
    }

    void end(int key, int keyLength) {
        int value = key + keyLength;
        int same = find(content.array(), key, keyLength);
        int at = same >= 0 ? same : count++;
        if (spans.length < count * FIELDS) {
            spans = Arrays.copyOf(spans, spans.length * 2);
        }
        spans[at * FIELDS] = key;
        spans[at * FIELDS + 1] = keyLength;
        spans[at * FIELDS + 2] = value;
        spans[at * FIELDS + 3] = content.size() - value;
    }

    void putText(byte[] name, byte[] source, int from, int length) {
        int key = begin(name, 0, name.length);
        content.length(TEXT, length);
        content.bytes(source, from, length);
        end(key, name.length);
    }

    /** Forgets those behind the first ones, when what they came from turned out not to be readable. */
    void cut(int attributes, int bytes) {
        count = attributes;
        content.cut(bytes);
    }

    void remove(int index) {
        System.arraycopy(spans, (index + 1) * FIELDS, spans, index * FIELDS, (count - index - 1) * FIELDS);
        count--;
    }

    /** Index of a key, or -1. */
    int find(byte[] name, int from, int length) {
        byte[] all = content.array();
        for (int i = 0; i < count; i++) {
            int key = spans[i * FIELDS];
            if (spans[i * FIELDS + 1] == length && Arrays.equals(all, key, key + length, name, from, from + length)) {
                return i;
            }
        }
        return -1;
    }

    int valueFrom(int index) {
        return spans[index * FIELDS + 2];
    }

    int valueLength(int index) {
        return spans[index * FIELDS + 3];
    }

    boolean isText(int index) {
        return valueLength(index) > 0 && content.array()[valueFrom(index)] == TEXT;
    }

    /** Where a text's own bytes begin; they go to the value's end. */
    int textFrom(int index) {
        int at = valueFrom(index) + 1;
        while (content.array()[at] < 0) {
            at++;
        }
        return at + 1;
    }

    String text(int index) {
        int from = textFrom(index);
        return new String(content.array(), from, valueFrom(index) + valueLength(index) - from, UTF_8);
    }

    /** A number's whole part if it is a number of one byte's size or a floating one; -1 otherwise. */
    long wholeNumber(int index) {
        byte[] all = content.array();
        int at = valueFrom(index);
        int length = valueLength(index);
        if (length == 2 && all[at] == JsonText.INT) {
            return all[at + 1];
        }
        if (length != 1 + Long.BYTES || all[at] != JsonText.DOUBLE) {
            return -1;
        }
        long bits = 0;
        for (int i = Long.BYTES; i > 0; i--) {
            bits = bits << Byte.SIZE | all[at + i] & 0xFF;
        }
        return (long) Double.longBitsToDouble(bits);
    }

    /** Bytes that all of them take as fields of a record. */
    public int sizeAsFields() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            int pair = pairSize(i);
            size += 1 + ProtoBytes.varintSize(pair) + pair;
        }
        return size;
    }

    public void writeAsFields(int tag, ProtoBytes target) {
        byte[] all = content.array();
        for (int i = 0; i < count; i++) {
            target.length(tag, pairSize(i));
            int keyLength = spans[i * FIELDS + 1];
            target.length(KEY_VALUE_KEY, keyLength);
            target.bytes(all, spans[i * FIELDS], keyLength);
            target.length(KEY_VALUE_VALUE, valueLength(i));
            target.bytes(all, valueFrom(i), valueLength(i));
        }
    }

    private int pairSize(int index) {
        int key = spans[index * FIELDS + 1];
        int value = valueLength(index);
        return 2 + ProtoBytes.varintSize(key) + key + ProtoBytes.varintSize(value) + value;
    }
}
