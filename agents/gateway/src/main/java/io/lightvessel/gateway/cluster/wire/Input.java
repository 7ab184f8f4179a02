package io.lightvessel.gateway.cluster.wire;

import io.lightvessel.gateway.cluster.core.MemberId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the few kinds of values there are; takes no memory for what has not arrived. */
final class Input {

    /** Reads one entry of a list. */
    @FunctionalInterface
    interface Reader<T> {
        T read() throws MalformedMessage;
    }

    private final ByteBuffer bytes;

    Input(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    private void need(int count, String what) throws MalformedMessage {
        if (count > bytes.remaining()) {
            throw new MalformedMessage(
                    what + ": the message ends after " + bytes.remaining() + " bytes (expected: " + count + ")");
        }
    }

    int octet() throws MalformedMessage {
        need(1, "octet");
        return bytes.get() & 0xFF;
    }

    boolean flag() throws MalformedMessage {
        int value = octet();
        if (value > 1) {
            throw new MalformedMessage("flag: " + value + " (expected: 0 or 1)");
        }
        return value == 1;
    }

    long number() throws MalformedMessage {
        need(8, "number");
        return bytes.getLong();
    }

    long small() throws MalformedMessage {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedMessage("number: more than ten bytes");
    }

    int size(String what, int most) throws MalformedMessage {
        long size = small();
        if (size < 0 || size > most) {
            throw new MalformedMessage(what + ": " + Long.toUnsignedString(size) + " (expected: at most " + most + ")");
        }
        return (int) size;
    }

    MemberId member() throws MalformedMessage {
        return new MemberId(number(), number());
    }

    @Nullable
    MemberId optionalMember() throws MalformedMessage {
        return flag() ? member() : null;
    }

    String text(int most) throws MalformedMessage {
        int length = size("text", most);
        need(length, "text");
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage("text: no UTF-8");
        }
    }

    byte[] octets(int most) throws MalformedMessage {
        int length = size("bytes", most);
        need(length, "bytes");
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    <T> List<T> list(int most, Reader<T> each) throws MalformedMessage {
        int size = size("list", most);
        // Every entry has a byte at least.
        need(size, "list");
        List<T> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(each.read());
        }
        return entries;
    }

    void end() throws MalformedMessage {
        if (bytes.hasRemaining()) {
            throw new MalformedMessage(bytes.remaining() + " bytes too many");
        }
    }
}
