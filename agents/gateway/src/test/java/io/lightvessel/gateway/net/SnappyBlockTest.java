package io.lightvessel.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnappyBlockTest {
    private final SnappyBlock snappy = new SnappyBlock();

    @Test
    void whatWasPackedUnpacksToTheSame() {
        Random random = new Random(1);
        for (int length :
                new int[] {0, 1, 3, 14, 15, 16, 17, 59, 60, 61, 255, 256, 257, 65535, 65536, 65537, 300_000, 1 << 20}) {
            for (int alphabet : new int[] {1, 2, 4, 20, 256}) {
                byte[] plain = new byte[length];
                for (int i = 0; i < length; i++) {
                    plain[i] = (byte) random.nextInt(alphabet);
                }
                assertRoundTrip(plain);
            }
        }
        for (int i = 0; i < 300; i++) {
            byte[] plain = new byte[random.nextInt(5000)];
            int period = 1 + random.nextInt(100);
            for (int k = 0; k < plain.length; k++) {
                plain[k] = k < period || random.nextInt(50) == 0 ? (byte) random.nextInt() : plain[k - period];
            }
            assertRoundTrip(plain);
        }
    }

    private void assertRoundTrip(byte[] plain) {
        byte[] packed = snappy.pack(plain, plain.length);
        ByteBuf out = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed, 0, snappy.size()), out);
        byte[] unpacked = new byte[out.readableBytes()];
        out.readBytes(unpacked);
        assertThat(unpacked).isEqualTo(plain);
    }

    @Test
    void repetitionPacksWell() {
        byte[] plain = "http_server_request_duration_seconds_bucket{le=\"0.005\"}"
                .repeat(1000)
                .getBytes();
        snappy.pack(plain, plain.length);
        assertThat(snappy.size()).isLessThan(plain.length / 15);
    }
}
