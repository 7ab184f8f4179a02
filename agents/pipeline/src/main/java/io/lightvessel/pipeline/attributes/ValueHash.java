package io.lightvessel.pipeline.attributes;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Puts the SHA-256 of a value in its place, in hexadecimal. As in the Collector, numbers are hashed as their eight bytes,
 * low byte first, and what is neither text, number nor truth value becomes an empty text.
 */
final class ValueHash {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final MessageDigest digest;
    private final byte[] number = new byte[8];
    private final byte[] sum = new byte[32];
    private final byte[] text = new byte[64];

    ValueHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void replace(Message message, int attribute) throws MalformedPayload {
        AnyValue value = message.value(attribute);
        int length = switch (value.kind()) {
            case STRING -> hash(value.bytes(), value.from(), value.to() - value.from());
            case BOOL -> {
                number[0] = (byte) (value.bool() ? 1 : 0);
                yield hash(number, 0, 1);
            }
            case INT -> hash(value.integer());
            case DOUBLE -> hash(Double.doubleToRawLongBits(value.decimal()));
            case EMPTY, ARRAY, KVLIST, BYTES -> 0;
        };
        Arena arena = message.arena();
        int from = arena.size();
        AnyValues.writeText(arena, text, 0, length);
        message.setValue(attribute, arena.array(), from, arena.size());
    }

    private int hash(long value) {
        ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        return hash(number, 0, 8);
    }

    /** Leaves the hash in {@code text} and returns its length. */
    private int hash(byte[] bytes, int from, int length) {
        if (length == 0) {
            return 0;
        }
        digest.update(bytes, from, length);
        try {
            digest.digest(sum, 0, sum.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        for (int i = 0; i < sum.length; i++) {
            text[2 * i] = HEX[sum[i] >> 4 & 15];
            text[2 * i + 1] = HEX[sum[i] & 15];
        }
        return text.length;
    }
}
