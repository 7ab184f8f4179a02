package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of one message are, and what has become of them. Two tables of parallel arrays, reused from message to
 * message: all fields in wire order, then those that were added; and of these the attributes, taken apart.
 */
final class FieldTable {

    /** As it came. */
    static final byte KEPT = 0;
    /** Left out. */
    static final byte DROPPED = 1;
    /** An attribute of which key or value are new. */
    static final byte ATTRIBUTE = 2;
    /** Replaced by a whole encoded field. */
    static final byte RAW = 3;

    private static final int KEY = 1 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int VALUE = 2 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int MOST_KEPT = 1024;

    byte[] bytes = {};
    int from;
    int to;

    int fields;
    int[] tag = new int[32];
    int[] start = new int[32];
    int[] content = new int[32];
    int[] end = new int[32];
    byte[] state = new byte[32];
    /** Of an attribute: which one. */
    int[] attribute = new int[32];
    /** What {@code start}, {@code content} and {@code end} point into when it is not the message. */
    byte[] @Nullable [] array = new byte[32][];

    int attributes;
    int[] field = new int[32];
    long[] fingerprint = new long[32];
    int[] keyFrom = new int[32];
    int[] keyTo = new int[32];
    int[] valueFrom = new int[32];
    int[] valueTo = new int[32];
    boolean[] odd = new boolean[32];
    byte[] @Nullable [] keyArray = new byte[32][];
    byte[] @Nullable [] valueArray = new byte[32][];

    /** Forgets the last message and indexes this one. */
    void read(byte[] message, int messageFrom, int messageTo, int attributesTag, Arena arena) throws MalformedPayload {
        clear();
        bytes = message;
        from = messageFrom;
        to = messageTo;
        int at = messageFrom;
        while (at < messageTo) {
            at = readField(at, attributesTag, arena);
        }
    }

    private void clear() {
        if (fields > MOST_KEPT) {
            shrink();
        }
        Arrays.fill(array, 0, fields, null);
        Arrays.fill(keyArray, 0, attributes, null);
        Arrays.fill(valueArray, 0, attributes, null);
        fields = 0;
        attributes = 0;
    }

    /** Reads one field and returns the index behind it. */
    private int readField(int at, int attributesTag, Arena arena) throws MalformedPayload {
        byte[] b = bytes;
        int p = at + 1;
        int t = b[at];
        if (t < 0) {
            if (p == to || b[p] <= 0) {
                return readOddField(at, attributesTag, arena);
            }
            t = t & 0x7F | b[p++] << 7;
        }
        int next;
        switch (t & 7) {
            case WireReader.LENGTH_DELIMITED -> {
                if (p == to || b[p] < 0) {
                    return readOddField(at, attributesTag, arena);
                }
                int length = b[p++];
                next = p + length;
                if (next > to) {
                    throw Wire.malformed("length " + length, p - 1 - from, "at most " + (to - p));
                }
            }
            case WireReader.VARINT -> next = Wire.endOfVarint(b, p, to, from);
            case WireReader.FIXED64 -> next = p + 8;
            case WireReader.FIXED32 -> next = p + 4;
            default -> {
                return readOddField(at, attributesTag, arena);
            }
        }
        if (next > to || t < 8) {
            return readOddField(at, attributesTag, arena);
        }
        int index = add(t, at, p, next);
        if (t == attributesTag) {
            readAttribute(index, p, next, arena);
        }
        return next;
    }

    /** What is uncommon or wrong: long tags, values of 128 bytes and more, groups, and everything malformed. */
    private int readOddField(int at, int attributesTag, Arena arena) throws MalformedPayload {
        WireReader reader = reader(at, to);
        int t = reader.readTag();
        int value = reader.position();
        if (WireReader.wireType(t) == WireReader.LENGTH_DELIMITED) {
            int length = reader.readLength();
            value = reader.position();
            reader.skipBytes(length);
        } else {
            reader.skip(t);
        }
        int next = reader.position();
        int index = add(t, at, value, next);
        if (t == attributesTag) {
            readAttribute(index, value, next, arena);
        }
        return next;
    }

    /** A reader whose errors count from the beginning of the message. */
    private WireReader reader(int at, int limit) throws MalformedPayload {
        WireReader reader = new WireReader(Unpooled.wrappedBuffer(bytes), from, limit);
        reader.skipBytes(at - from);
        return reader;
    }

    /** Adds a field and returns its index. */
    int add(int newTag, int newStart, int newContent, int newEnd) {
        int index = fields;
        if (index == tag.length) {
            growFields();
        }
        fields = index + 1;
        tag[index] = newTag;
        start[index] = newStart;
        content[index] = newContent;
        end[index] = newEnd;
        state[index] = KEPT;
        return index;
    }

    private void readAttribute(int index, int first, int last, Arena arena) throws MalformedPayload {
        byte[] b = bytes;
        if (last - first >= 4 && b[first] == KEY && b[first + 1] >= 0) {
            int key = first + 2;
            int behindKey = key + b[first + 1];
            if (behindKey + 1 < last && b[behindKey] == VALUE) {
                int length = b[behindKey + 1];
                int value = behindKey + 2;
                if (length < 0 && value < last && b[value] >= 0) {
                    length = length & 0x7F | b[value++] << 7;
                }
                if (length >= 0 && value + length == last) {
                    addAttribute(index, key, behindKey, value, last);
                    return;
                }
            }
        }
        readOddAttribute(index, first, last, arena);
    }

    /** Fields out of order, several times, not at all, or unknown. */
    private void readOddAttribute(int index, int first, int last, Arena arena) throws MalformedPayload {
        WireReader reader = reader(first, last);
        int key = first;
        int behindKey = first;
        int value = first;
        int behindValue = first;
        boolean merged = false;
        while (reader.hasMore()) {
            int t = reader.readTag();
            if (t != KEY && t != VALUE) {
                reader.skip(t);
                continue;
            }
            int length = reader.readLength();
            int at = reader.position();
            reader.skipBytes(length);
            if (t == KEY) {
                key = at;
                behindKey = at + length;
            } else if (behindValue == value && !merged) {
                value = at;
                behindValue = at + length;
            } else {
                // A message field that is there twice means both, merged; concatenation is how bytes merge.
                byte[] before = merged ? arena.array() : bytes;
                int to = arena.reserve(behindValue - value + length);
                System.arraycopy(before, value, arena.array(), to, behindValue - value);
                System.arraycopy(bytes, at, arena.array(), to + behindValue - value, length);
                behindValue = to + behindValue - value + length;
                value = to;
                merged = true;
            }
        }
        int added = addAttribute(index, key, behindKey, value, behindValue);
        odd[added] = true;
        if (merged) {
            valueArray[added] = arena.array();
        }
    }

    private int addAttribute(int index, int key, int behindKey, int value, int behindValue) {
        int added = attributes;
        if (added == field.length) {
            growAttributes();
        }
        attributes = added + 1;
        attribute[index] = added;
        field[added] = index;
        fingerprint[added] = AttributeKey.fingerprint(bytes, key, behindKey);
        keyFrom[added] = key;
        keyTo[added] = behindKey;
        valueFrom[added] = value;
        valueTo[added] = behindValue;
        odd[added] = false;
        return added;
    }

    /** Adds an attribute that was not on the wire and returns its index. */
    int addAttribute(int newTag, AttributeKey key, byte[] values, int first, int last) {
        int index = add(newTag, to, to, to);
        state[index] = ATTRIBUTE;
        int added = attributes;
        if (added == field.length) {
            growAttributes();
        }
        attributes = added + 1;
        attribute[index] = added;
        field[added] = index;
        fingerprint[added] = key.fingerprint();
        keyArray[added] = key.utf8();
        keyFrom[added] = 0;
        keyTo[added] = key.utf8().length;
        valueArray[added] = values;
        valueFrom[added] = first;
        valueTo[added] = last;
        odd[added] = false;
        return added;
    }

    /** Writes what an attribute's message has besides key and value; with nothing to write to, only measures it. */
    int unknownFields(int which, @Nullable Arena out) throws MalformedPayload {
        int index = field[which];
        WireReader reader = reader(content[index], end[index]);
        int size = 0;
        while (reader.hasMore()) {
            int at = reader.position();
            int t = reader.readTag();
            reader.skip(t);
            if (t != KEY && t != VALUE) {
                size += reader.position() - at;
                if (out != null) {
                    out.writeBytes(bytes, at, reader.position() - at);
                }
            }
        }
        return size;
    }

    private void growFields() {
        int size = fields * 2;
        tag = Arrays.copyOf(tag, size);
        start = Arrays.copyOf(start, size);
        content = Arrays.copyOf(content, size);
        end = Arrays.copyOf(end, size);
        state = Arrays.copyOf(state, size);
        attribute = Arrays.copyOf(attribute, size);
        array = Arrays.copyOf(array, size);
    }

    private void growAttributes() {
        int size = attributes * 2;
        field = Arrays.copyOf(field, size);
        fingerprint = Arrays.copyOf(fingerprint, size);
        keyFrom = Arrays.copyOf(keyFrom, size);
        keyTo = Arrays.copyOf(keyTo, size);
        valueFrom = Arrays.copyOf(valueFrom, size);
        valueTo = Arrays.copyOf(valueTo, size);
        odd = Arrays.copyOf(odd, size);
        keyArray = Arrays.copyOf(keyArray, size);
        valueArray = Arrays.copyOf(valueArray, size);
    }

    /** One message of many thousand fields must not hold memory for good. */
    private void shrink() {
        FieldTable small = new FieldTable();
        tag = small.tag;
        start = small.start;
        content = small.content;
        end = small.end;
        state = small.state;
        attribute = small.attribute;
        array = small.array;
        field = small.field;
        fingerprint = small.fingerprint;
        keyFrom = small.keyFrom;
        keyTo = small.keyTo;
        valueFrom = small.valueFrom;
        valueTo = small.valueTo;
        odd = small.odd;
        keyArray = small.keyArray;
        valueArray = small.valueArray;
        fields = 0;
        attributes = 0;
    }
}
