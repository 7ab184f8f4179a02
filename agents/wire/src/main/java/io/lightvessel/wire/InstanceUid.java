package io.lightvessel.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** The 16 bytes that name an agent's instance; new ones are UUIDv7, as OpAMP recommends. */
public record InstanceUid(UUID value) {
    private static final int LENGTH = 16;

    public static InstanceUid mint(Clock clock, SecureRandom random) {
        long time = clock.millis() << 16;
        long high = time | 0x7000 | random.nextInt(1 << 12);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new InstanceUid(new UUID(high, low));
    }

    public static InstanceUid of(ByteString bytes) {
        if (bytes.size() != LENGTH) {
            throw new IllegalArgumentException(
                    "instance_uid: " + bytes.size() + " bytes (expected: " + LENGTH + ", a UUID)");
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new InstanceUid(new UUID(buffer.getLong(), buffer.getLong()));
    }

    public static InstanceUid parse(String text) {
        return new InstanceUid(UUID.fromString(text));
    }

    public ByteString toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .flip();
        return ByteString.copyFrom(bytes);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
