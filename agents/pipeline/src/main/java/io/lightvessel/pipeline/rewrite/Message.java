package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a request, read in place and edited by marks: its bytes are only put together anew when it is written,
 * and then all that was not touched is copied as it came, unknown fields included. Used by one thread; what a message
 * shows is valid as long as its visitor's call says, see {@link RequestVisitor}.
 *
 * <p>Attributes have indices {@code 0..attributes()-1} that stay the same through edits, removed ones included. Values are
 * the bytes of an {@code AnyValue} message (opentelemetry/proto/common/v1); an edit keeps a reference to the array it is
 * given, which must not change as long as the message is valid. With several attributes of a key the first one counts,
 * as in the Collector's maps.
 */
public final class Message {

    private final FieldTable table = new FieldTable();
    private final Arena arena = new Arena();
    private final AnyValue scratch = new AnyValue();
    private @Nullable Message child;
    private @Nullable Arena childBytes;
    private MessageType type = MessageType.RESOURCE;
    private byte[] source = {};
    private int sourceFrom;
    private int sourceTo;
    private boolean indexed;
    private boolean changed;

    /** Shows another message: the bytes between two indices, which stay as they are while it is shown. */
    public void show(MessageType newType, byte[] bytes, int from, int to) {
        type = newType;
        source = bytes;
        sourceFrom = from;
        sourceTo = to;
        indexed = false;
        changed = false;
    }

    public MessageType type() {
        return type;
    }

    /** Whether writing it gives other bytes than it was shown with. */
    public boolean changed() {
        return changed;
    }

    /** Memory for values that edits refer to; it lasts as long as the message. */
    public Arena arena() throws MalformedPayload {
        index();
        return arena;
    }

    private FieldTable index() throws MalformedPayload {
        if (!indexed) {
            arena.clear();
            table.read(source, sourceFrom, sourceTo, type.attributesTag(), arena);
            indexed = true;
        }
        return table;
    }

    /** Attributes, removed ones included. */
    public int attributes() throws MalformedPayload {
        return index().attributes;
    }

    public boolean isRemoved(int attribute) {
        return table.state[table.field[attribute]] == FieldTable.DROPPED;
    }

    /** The first attribute of this key; -1 when there is none. */
    public int find(AttributeKey key) throws MalformedPayload {
        return findFrom(key, 0);
    }

    private int findFrom(AttributeKey key, int first) throws MalformedPayload {
        FieldTable t = index();
        long wanted = key.fingerprint();
        long[] prints = t.fingerprint;
        for (int i = first; i < t.attributes; i++) {
            if (prints[i] == wanted && keyIs(i, key) && !isRemoved(i)) {
                return i;
            }
        }
        return -1;
    }

    /** A number that differs for most keys that differ; see {@link AttributeKey#fingerprint()}. */
    public long fingerprint(int attribute) {
        return table.fingerprint[attribute];
    }

    public boolean keyIs(int attribute, AttributeKey key) {
        return key.is(keyArray(attribute), table.keyFrom[attribute], table.keyTo[attribute]);
    }

    /** The array that {@link #keyFrom} and {@link #keyTo} point into. */
    public byte[] keyArray(int attribute) {
        byte[] array = table.keyArray[attribute];
        return array == null ? table.bytes : array;
    }

    public String keyText(int attribute) {
        return new String(
                keyArray(attribute), keyFrom(attribute), keyTo(attribute) - keyFrom(attribute), StandardCharsets.UTF_8);
    }

    public int keyFrom(int attribute) {
        return table.keyFrom[attribute];
    }

    public int keyTo(int attribute) {
        return table.keyTo[attribute];
    }

    /** The array that {@link #valueFrom} and {@link #valueTo} point into. */
    public byte[] valueArray(int attribute) {
        byte[] array = table.valueArray[attribute];
        return array == null ? table.bytes : array;
    }

    public int valueFrom(int attribute) {
        return table.valueFrom[attribute];
    }

    public int valueTo(int attribute) {
        return table.valueTo[attribute];
    }

    /** The value of an attribute, valid until the next call. */
    public AnyValue value(int attribute) throws MalformedPayload {
        scratch.read(valueArray(attribute), valueFrom(attribute), valueTo(attribute));
        return scratch;
    }

    /** Gives an attribute another value, which keeps its place. */
    public void setValue(int attribute, byte[] array, int from, int to) {
        FieldTable t = table;
        t.valueArray[attribute] = array;
        t.valueFrom[attribute] = from;
        t.valueTo[attribute] = to;
        t.state[t.field[attribute]] = FieldTable.ATTRIBUTE;
        changed = true;
    }

    /** Adds an attribute behind all others, whether or not the key is there, and returns its index. */
    public int add(AttributeKey key, byte[] array, int from, int to) throws MalformedPayload {
        int added = index().addAttribute(type.attributesTag(), key, array, from, to);
        changed = true;
        return added;
    }

    /** Sets the first attribute of this key, or adds it. */
    public void put(AttributeKey key, byte[] array, int from, int to) throws MalformedPayload {
        int attribute = find(key);
        if (attribute < 0) {
            add(key, array, from, to);
        } else {
            setValue(attribute, array, from, to);
        }
    }

    public void remove(int attribute) {
        table.state[table.field[attribute]] = FieldTable.DROPPED;
        changed = true;
    }

    /** Removes all attributes of this key; false when there was none. */
    public boolean remove(AttributeKey key) throws MalformedPayload {
        int attribute = find(key);
        if (attribute < 0) {
            return false;
        }
        while (attribute >= 0) {
            remove(attribute);
            attribute = findFrom(key, attribute + 1);
        }
        return true;
    }

    /** Index of a field's last occurrence, for the methods below; -1 when it is not there. */
    public int field(int number) throws MalformedPayload {
        return fieldBefore(number, index().fields);
    }

    private int fieldBefore(int number, int behind) {
        FieldTable t = table;
        for (int i = behind - 1; i >= 0; i--) {
            if (WireReader.field(t.tag[i]) == number && t.state[i] != FieldTable.DROPPED) {
                return i;
            }
        }
        return -1;
    }

    public byte[] fieldArray(int index) {
        byte[] array = table.array[index];
        return array == null ? table.bytes : array;
    }

    /** Where the content of a field begins, behind tag and length. */
    public int fieldFrom(int index) {
        return table.content[index];
    }

    public int fieldTo(int index) {
        return table.end[index];
    }

    /** A field of a varint type; 0 when it is not there. */
    public long varint(int number) throws MalformedPayload {
        int index = fieldOfType(number, WireReader.VARINT);
        return index < 0 ? 0 : Wire.varint(fieldArray(index), fieldFrom(index));
    }

    /** A field of a 64 bit type; 0 when it is not there. */
    public long fixed64(int number) throws MalformedPayload {
        int index = fieldOfType(number, WireReader.FIXED64);
        return index < 0 ? 0 : Wire.getLong(fieldArray(index), fieldFrom(index));
    }

    /** A field of a 32 bit type; 0 when it is not there. */
    public int fixed32(int number) throws MalformedPayload {
        int index = fieldOfType(number, WireReader.FIXED32);
        return index < 0 ? 0 : Wire.getInt(fieldArray(index), fieldFrom(index));
    }

    /** A text field; empty when it is not there. */
    public String text(int number) throws MalformedPayload {
        int index = fieldOfType(number, WireReader.LENGTH_DELIMITED);
        return index < 0
                ? ""
                : new String(
                        fieldArray(index), fieldFrom(index), fieldTo(index) - fieldFrom(index), StandardCharsets.UTF_8);
    }

    /** Index of the last occurrence that has the right wire type; others are unknown fields to protobuf. */
    public int fieldOfType(int number, int wireType) throws MalformedPayload {
        int index = field(number);
        while (index >= 0 && WireReader.wireType(table.tag[index]) != wireType) {
            index = fieldBefore(number, index);
        }
        return index;
    }

    /**
     * A singular message field such as {@code body}; -1 when it is not there. Several occurrences become one first, since
     * together they mean one message.
     */
    public int message(int number) throws MalformedPayload {
        int last = fieldOfType(number, WireReader.LENGTH_DELIMITED);
        int before = last < 0 ? -1 : fieldBefore(number, last);
        if (before < 0) {
            return last;
        }
        int size = 0;
        for (int i = next(number, -1); i >= 0; i = next(number, i)) {
            size += fieldTo(i) - fieldFrom(i);
        }
        byte[] merged = new byte[size];
        int at = 0;
        for (int i = next(number, -1); i >= 0; i = next(number, i)) {
            System.arraycopy(fieldArray(i), fieldFrom(i), merged, at, fieldTo(i) - fieldFrom(i));
            at += fieldTo(i) - fieldFrom(i);
        }
        setBytes(number, merged, 0, size);
        return field(number);
    }

    /** Index of the first occurrence of a length-delimited field behind another index; -1 when there is none. */
    public int next(int number, int behind) throws MalformedPayload {
        FieldTable t = index();
        int wanted = number << 3 | WireReader.LENGTH_DELIMITED;
        for (int i = behind + 1; i < t.fields; i++) {
            if (t.tag[i] == wanted && t.state[i] != FieldTable.DROPPED) {
                return i;
            }
        }
        return -1;
    }

    public void setVarint(int number, long value) throws MalformedPayload {
        Arena a = arena();
        int from = a.size();
        a.writeVarint((long) number << 3 | WireReader.VARINT);
        int content = a.size();
        a.writeVarint(value);
        replace(number, WireReader.VARINT, from, content);
    }

    public void setFixed64(int number, long value) throws MalformedPayload {
        Arena a = arena();
        int from = a.size();
        a.writeVarint((long) number << 3 | WireReader.FIXED64);
        int content = a.size();
        a.writeFixed64(value);
        replace(number, WireReader.FIXED64, from, content);
    }

    public void setFixed32(int number, int value) throws MalformedPayload {
        Arena a = arena();
        int from = a.size();
        a.writeVarint((long) number << 3 | WireReader.FIXED32);
        int content = a.size();
        a.writeFixed32(value);
        replace(number, WireReader.FIXED32, from, content);
    }

    /** Sets a text, bytes or message field. */
    public void setBytes(int number, byte[] array, int first, int last) throws MalformedPayload {
        Arena a = arena();
        int from = a.size();
        a.writeVarint((long) number << 3 | WireReader.LENGTH_DELIMITED);
        a.writeVarint(last - first);
        int content = a.size();
        a.writeBytes(array, first, last - first);
        replace(number, WireReader.LENGTH_DELIMITED, from, content);
    }

    public void setText(int number, String text) throws MalformedPayload {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        setBytes(number, utf8, 0, utf8.length);
    }

    /** Leaves a field out, however often it is there. */
    public void clear(int number) throws MalformedPayload {
        for (int i = field(number); i >= 0; i = fieldBefore(number, i)) {
            table.state[i] = FieldTable.DROPPED;
            changed = true;
        }
    }

    /** Puts a field that was written to the arena where the last one is, or at the end, and leaves all others out. */
    private void replace(int number, int wireType, int from, int content) throws MalformedPayload {
        int index = field(number);
        if (index < 0) {
            index = table.add(number << 3 | wireType, 0, 0, 0);
        } else {
            for (int i = fieldBefore(number, index); i >= 0; i = fieldBefore(number, i)) {
                table.state[i] = FieldTable.DROPPED;
            }
        }
        table.tag[index] = number << 3 | wireType;
        put(index, arena.array(), from, content, arena.size());
    }

    private void put(int index, byte[] array, int from, int content, int to) {
        table.array[index] = array;
        table.start[index] = from;
        table.content[index] = content;
        table.end[index] = to;
        table.state[index] = FieldTable.RAW;
        changed = true;
    }

    /** Decides about one of several nested messages. */
    @FunctionalInterface
    public interface ChildVisitor {
        Verdict child(Message nested) throws MalformedPayload;
    }

    /** Visits the messages of a repeated field, such as a span's events (11) and links (13), which may be edited. */
    public void children(int number, MessageType childType, ChildVisitor visitor) throws MalformedPayload {
        for (int i = next(number, -1); i >= 0; i = next(number, i)) {
            if (child == null) {
                child = new Message();
                childBytes = new Arena();
            }
            child.show(childType, fieldArray(i), fieldFrom(i), fieldTo(i));
            if (visitor.child(child) == Verdict.DROP) {
                table.state[i] = FieldTable.DROPPED;
                changed = true;
            } else if (child.changed()) {
                Arena encoded = Objects.requireNonNull(childBytes);
                encoded.clear();
                child.writeTo(encoded);
                int from = arena.size();
                arena.writeVarint(table.tag[i]);
                arena.writeVarint(encoded.size());
                int content = arena.size();
                arena.writeBytes(encoded.array(), 0, encoded.size());
                put(i, arena.array(), from, content, arena.size());
            }
        }
    }

    /** Appends the message as it is now. */
    public void writeTo(Arena out) throws MalformedPayload {
        if (changed) {
            MessageWriter.write(table, type.attributesTag(), out);
        } else {
            out.writeBytes(source, sourceFrom, sourceTo - sourceFrom);
        }
    }
}
