package io.lightvessel.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnpackerTest {
    private static final int LIMIT = 1 << 20;

    private final ByteBudget budget = new ByteBudget(8 << 20);

    @AfterEach
    void nothingIsHeld() {
        assertThat(budget.used()).isZero();
    }

    private byte[] unpack(Coding coding, byte[] packed) throws TooLarge, BudgetSpent, CorruptData {
        ByteBuf in = ByteBufAllocator.DEFAULT.directBuffer().writeBytes(packed);
        ByteBudget.Lease lease = budget.tryAcquire(0);
        try {
            ByteBuf out = Unpacker.current().unpack(coding, in, LIMIT, lease, ByteBufAllocator.DEFAULT);
            assertThat(lease.bytes()).isGreaterThanOrEqualTo(out.readableBytes());
            byte[] plain = ByteBufUtil.getBytes(out);
            out.release();
            return plain;
        } finally {
            lease.release();
            in.release();
        }
    }

    private static byte[] pack(Coding coding, byte[] plain) throws IOException {
        return switch (coding) {
            case IDENTITY -> plain;
            case GZIP -> Requests.gzip(plain);
            case ZLIB -> Requests.deflate(plain);
            case ZSTD -> Zstd.compress(plain);
            case SNAPPY -> plain.length == 0 ? Requests.snappy(plain) : Requests.framedSnappy(plain);
        };
    }

    private static byte[] streamed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] text(int length) {
        Random random = new Random(length);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("http.route=/api/").append(random.nextInt(50)).append(random.nextInt(5) == 0 ? "?x" : " ");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(value = Coding.class, mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void whatWasPackedUnpacksToTheSame(Coding coding) throws Exception {
        for (int length : new int[] {0, 1, 100, 5000, 70_000, 300_000, LIMIT}) {
            byte[] plain = text(length);
            assertThat(unpack(coding, pack(coding, plain)))
                    .as(coding + " " + length)
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Coding.class, mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void oneByteBeyondTheLimitIsTooLarge(Coding coding) throws Exception {
        byte[] packed = pack(coding, new byte[LIMIT + 1]);
        assertThatThrownBy(() -> unpack(coding, packed))
                .isInstanceOf(TooLarge.class)
                .hasMessage("the body is larger than 1048576 bytes when unpacked");
    }

    /** While others hold the budget, a client must still learn that its body will never fit. */
    @ParameterizedTest
    @EnumSource(
            value = Coding.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDENTITY", "SNAPPY"})
    void aBodyBeyondTheLimitIsTooLargeHoweverLittleTheBudgetHasLeft(Coding coding) throws Exception {
        byte[] packed = coding == Coding.ZSTD ? streamed(new byte[LIMIT + 1]) : pack(coding, new byte[LIMIT + 1]);
        ByteBudget.Lease others = budget.tryAcquire(budget.capacity() - LIMIT / 4);
        assertThatThrownBy(() -> unpack(coding, packed)).isInstanceOf(TooLarge.class);
        others.release();
    }

    @ParameterizedTest
    @EnumSource(
            value = Coding.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDENTITY", "SNAPPY"})
    void aLargeBodyThatFindsNoRoomSaysExactlyHowMuchItNeeds(Coding coding) throws Exception {
        byte[] plain = new byte[LIMIT - 5];
        byte[] packed = coding == Coding.ZSTD ? streamed(plain) : pack(coding, plain);
        ByteBudget.Lease others = budget.tryAcquire(budget.capacity() - LIMIT / 4);
        assertThatThrownBy(() -> unpack(coding, packed))
                .isInstanceOfSatisfying(
                        BudgetSpent.class, spent -> assertThat(spent.needed()).isEqualTo(plain.length));
        others.release();
        assertThat(unpack(coding, packed)).isEqualTo(plain);
    }

    /** What packs badly is far smaller than the decoders guess. */
    @ParameterizedTest
    @EnumSource(value = Coding.class, mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void aBodyIsTakenThatFitsThoughTheGuessOfItsSizeDoesNot(Coding coding) throws Exception {
        byte[] plain = new byte[200_000];
        new Random(7).nextBytes(plain);
        byte[] packed = pack(coding, plain);
        ByteBudget.Lease others = budget.tryAcquire(budget.capacity() - 400_000);
        assertThat(unpack(coding, packed)).isEqualTo(plain);
        others.release();
    }

    /** Whatever a stranger sends is unpacked or refused in the terms of the contract, and nothing leaks. */
    @ParameterizedTest
    @EnumSource(value = Coding.class, mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void cutAndMutatedBodiesAreRefusedAndNothingElse(Coding coding) throws Exception {
        Random random = new Random(4);
        byte[] whole = pack(coding, text(20_000));
        for (int i = 0; i < whole.length; i += 1 + random.nextInt(60)) {
            byte[] cut = Arrays.copyOf(whole, i);
            if (i > 10) {
                assertThatThrownBy(() -> assertThat(unpack(coding, cut)).hasSize(20_000))
                        .isInstanceOfAny(CorruptData.class, AssertionError.class);
            }
        }
        for (int i = 0; i < 500; i++) {
            byte[] changed = whole.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                unpack(coding, changed);
            } catch (CorruptData | TooLarge | BudgetSpent e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void zstdTakesFramesOfUnknownSizeAndSeveralOfThem() throws Exception {
        byte[] plain = text(200_000);
        assertThat(unpack(Coding.ZSTD, streamed(plain))).isEqualTo(plain);
        assertThat(unpack(Coding.ZSTD, both(streamed(plain), Zstd.compress(plain))))
                .isEqualTo(both(plain, plain));
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        assertThat(unpack(Coding.ZSTD, both(skippable, Zstd.compress(plain)))).isEqualTo(plain);
    }

    @Test
    void zstdWindowsBeyondEightMebibytesAreRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.setLong(27);
            zstd.write(text(200_000));
        }
        assertThatThrownBy(() -> unpack(Coding.ZSTD, out.toByteArray()))
                .isInstanceOf(CorruptData.class)
                .hasMessageContaining("requires too much memory");
    }

    @Test
    void zstdClaimsAreNotBelieved() {
        // Ten gigabytes by its header, in a frame of a few bytes.
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, (byte) 0xE0, 0, 0, 0, (byte) 0x80, 2, 0, 0, 0, 1, 0, 0};
        assertThatThrownBy(() -> unpack(Coding.ZSTD, frame)).isInstanceOf(TooLarge.class);
        assertThatThrownBy(() -> unpack(Coding.ZSTD, new byte[] {1, 2, 3, 4, 5, 6}))
                .isInstanceOf(CorruptData.class)
                .hasMessage("the body is not zstd");
    }

    @Test
    void snappyTakesABareBlockToo() throws Exception {
        byte[] plain = text(20_000);
        assertThat(unpack(Coding.SNAPPY, Requests.snappy(plain))).isEqualTo(plain);
        // A literal and an overlapping copy, by hand.
        assertThat(unpack(Coding.SNAPPY, new byte[] {6, 4, 'a', 'b', 1, 2})).isEqualTo("ababab".getBytes());
    }

    @Test
    void snappyChecksumsCount() {
        byte[] packed = Requests.framedSnappy(text(100));
        packed[14] ^= 1;
        assertThatThrownBy(() -> unpack(Coding.SNAPPY, packed))
                .isInstanceOf(CorruptData.class)
                .hasMessage("a snappy checksum does not match");
    }

    @Test
    void codingsHaveTheCollectorsNames() {
        assertThat(Coding.overHttp()).containsOnlyKeys("deflate", "gzip", "snappy", "x-snappy-framed", "zlib", "zstd");
        assertThat(Coding.overGrpc())
                .isEqualTo(Map.of("gzip", Coding.GZIP, "zstd", Coding.ZSTD, "snappy", Coding.SNAPPY));
    }
}
