package io.lightvessel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class InstanceUidTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00.123Z"), ZoneOffset.UTC);

    @Test
    void mintedUidIsAVersion7UuidOfNow() {
        InstanceUid uid = InstanceUid.mint(clock, new SecureRandom());
        assertThat(uid.value().version()).isEqualTo(7);
        assertThat(uid.value().variant()).isEqualTo(2);
        assertThat(uid.value().getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
        assertThat(InstanceUid.mint(clock, new SecureRandom())).isNotEqualTo(uid);
    }

    @Test
    void bytesAndTextComeBackEqual() {
        InstanceUid uid = InstanceUid.mint(clock, new SecureRandom());
        assertThat(InstanceUid.of(uid.toBytes())).isEqualTo(uid);
        assertThat(InstanceUid.parse(uid.toString())).isEqualTo(uid);
    }

    @Test
    void wrongLengthIsRefused() {
        assertThatThrownBy(() -> InstanceUid.of(ByteString.copyFromUtf8("abc")))
                .hasMessage("instance_uid: 3 bytes (expected: 16, a UUID)");
    }
}
