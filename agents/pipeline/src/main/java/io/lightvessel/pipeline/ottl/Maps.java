package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.WireWriter;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;
import java.nio.charset.StandardCharsets;

/** Maps, which are attributes of a message or the entries of a {@code KeyValueList}. */
final class Maps {

    private static final int ENTRY = 1 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int KEY = 1 << 3 | WireReader.LENGTH_DELIMITED;
    private static final int ENTRY_VALUE = 2 << 3 | WireReader.LENGTH_DELIMITED;

    private Maps() {}

    /** Shows a map's entries as attributes: they are field 1 of their message, as a resource's attributes are. */
    static Message show(Message message, Value map) {
        message.show(MessageType.RESOURCE, map.bytes(), map.from(), map.to());
        return message;
    }

    /** The attributes of a message as a map. */
    static void read(Message message, Value out) throws MalformedPayload {
        Arena list = new Arena();
        for (int i = 0; i < message.attributes(); i++) {
            if (!message.isRemoved(i)) {
                byte[] key = message.keyText(i).getBytes(StandardCharsets.UTF_8);
                int from = message.valueFrom(i);
                writeEntry(list, key, message.valueArray(i), from, message.valueTo(i) - from);
            }
        }
        out.set(Value.Kind.MAP, list.array(), 0, list.size());
    }

    /** Appends an entry to a map's content. */
    static void writeEntry(Arena list, byte[] key, Value value) {
        Arena encoded = new Arena();
        value.writeTo(encoded);
        writeEntry(list, key, encoded.array(), 0, encoded.size());
    }

    private static void writeEntry(Arena list, byte[] key, byte[] value, int from, int length) {
        int size = WireWriter.sizeOfField(KEY, key.length) + WireWriter.sizeOfField(ENTRY_VALUE, length);
        list.writeVarint(ENTRY);
        list.writeVarint(size);
        list.writeField(KEY, key, 0, key.length);
        list.writeField(ENTRY_VALUE, value, from, length);
    }

    /** Makes a message's attributes those of a map. */
    static void replace(Message message, Value map) throws MalformedPayload {
        Message source = show(new Message(), map);
        source.attributes();
        for (int i = 0; i < message.attributes(); i++) {
            message.remove(i);
        }
        for (int i = 0; i < source.attributes(); i++) {
            copy(source, i, message, new AttributeKey(source.keyText(i)));
        }
    }

    /** Sets a key to the value another message's attribute has. */
    static void copy(Message source, int attribute, Message target, AttributeKey key) throws MalformedPayload {
        Arena arena = target.arena();
        int at = arena.size();
        int from = source.valueFrom(attribute);
        arena.writeBytes(source.valueArray(attribute), from, source.valueTo(attribute) - from);
        target.put(key, arena.array(), at, arena.size());
    }

    /** Sets a key to a value. */
    static void put(Message target, AttributeKey key, Value value) throws MalformedPayload {
        Arena arena = target.arena();
        int at = arena.size();
        value.writeTo(arena);
        target.put(key, arena.array(), at, arena.size());
    }
}
