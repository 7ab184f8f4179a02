package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteKeyedCacheTest {

    @Test
    void findsByContentOnly() {
        ByteKeyedCache<String> cache = new ByteKeyedCache<>(64, 100);
        ByteBuf first = Unpooled.wrappedBuffer("..hello resource..".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        cache.put(first, 2, 16, "x");
        ByteBuf same =
                Unpooled.directBuffer().writeBytes("hello resource".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(cache.find(same, 0, 14)).isEqualTo("x");
        assertThat(cache.find(same, 0, 13)).isNull();
        assertThat(cache.find(first, 0, 14)).isNull();
        assertThat(cache.find(same, 0, 0)).isNull();
        cache.put(same, 0, 0, "empty");
        assertThat(cache.find(first, 3, 3)).isEqualTo("empty");
    }

    @Test
    void neverAnswersForOtherBytesHoweverFullItIs() {
        ByteKeyedCache<Integer> cache = new ByteKeyedCache<>(64, 100);
        Random random = new Random(3);
        byte[] bytes = new byte[32];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(bytes);
            ByteBuf key = Unpooled.copiedBuffer(bytes);
            assertThat(cache.find(key, 0, 32)).isNull();
            cache.put(key, 0, 32, i);
            assertThat(cache.find(key, 0, 32)).isEqualTo(i);
        }
    }

    @Test
    void longKeysAreNotKept() {
        ByteKeyedCache<String> cache = new ByteKeyedCache<>(64, 10);
        ByteBuf key = Unpooled.wrappedBuffer(new byte[11]);
        cache.put(key, 0, 11, "x");
        assertThat(cache.find(key, 0, 11)).isNull();
    }
}
