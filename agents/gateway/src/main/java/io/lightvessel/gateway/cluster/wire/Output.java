package io.lightvessel.gateway.cluster.wire;

import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the few kinds of values there are. */
final class Output {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    Output octet(int value) {
        bytes.write(value);
        return this;
    }

    Output flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    Output number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    /** For numbers that are small as a rule. */
    Output small(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    Output member(MemberId id) {
        return number(id.high()).number(id.low());
    }

    Output optionalMember(@Nullable MemberId id) {
        flag(id != null);
        return id == null ? this : member(id);
    }

    Output text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    Output octets(byte[] value) {
        small(value.length);
        bytes.writeBytes(value);
        return this;
    }

    <T> Output list(List<T> entries, Consumer<T> each) {
        small(entries.size());
        entries.forEach(each);
        return this;
    }

    byte[] done() {
        return bytes.toByteArray();
    }
}
