package io.lightvessel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Requests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** Whatever is done to a stream, the JDK's verdict is ours: the same bytes, or an error and nothing else. */
class DamagedStreamsTest {
    private static final String REFUSED = "refused";
    private static final int LARGEST = 1 << 22;

    private final InflateStream stream = new InflateStream();
    private final Inflater jdk = new Inflater(true);
    private final byte[] room = new byte[1 << 16];

    /** One of each kind: stored, static, with own codes of short and of long words, with one distance and with none. */
    private static List<byte[]> streams() {
        List<byte[]> streams = new ArrayList<>();
        streams.add(Samples.deflate(Samples.random(60, 1), 0, Deflater.DEFAULT_STRATEGY, true));
        streams.add(Samples.deflate(Samples.text(60, 2), 6, Deflater.DEFAULT_STRATEGY, true));
        streams.add(Samples.deflate(Samples.text(900, 3), 6, Deflater.DEFAULT_STRATEGY, true));
        streams.add(Samples.deflate(Samples.logs(8, 4), 9, Deflater.DEFAULT_STRATEGY, true));
        streams.add(Samples.deflate(Samples.text(700, 5), 6, Deflater.HUFFMAN_ONLY, true));
        streams.add(Samples.deflate(new byte[5000], 6, Deflater.DEFAULT_STRATEGY, true));
        byte[] skewed = new byte[4000];
        for (int i = 0; i < skewed.length; i++) {
            skewed[i] = (byte) Math.min(Integer.numberOfTrailingZeros(i + 1) * 17 + i % 3, 255);
        }
        streams.add(Samples.deflate(skewed, 6, Deflater.HUFFMAN_ONLY, true));
        return streams;
    }

    @Test
    void everyFlippedBitHasTheJdksVerdict() {
        for (byte[] whole : streams()) {
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertSameVerdict(damaged);
            }
        }
    }

    @Test
    void everyOtherByteHasTheJdksVerdict() {
        Random random = new Random(1);
        for (byte[] whole : streams()) {
            for (int i = 0; i < whole.length * Integer.getInteger("codec.mutations", 8); i++) {
                byte[] damaged = whole.clone();
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    // The beginning holds the codes, where most can go wrong.
                    int at = random.nextInt(random.nextBoolean() ? Math.min(80, whole.length) : whole.length);
                    damaged[at] = (byte) random.nextInt();
                }
                assertSameVerdict(damaged);
            }
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (byte[] whole : streams()) {
            for (int length = 0; length < whole.length; length++) {
                byte[] damaged = Arrays.copyOf(whole, length);
                assertThat(ours(Container.RAW, damaged)).isEqualTo(REFUSED);
                assertSameVerdict(damaged);
            }
        }
    }

    @Test
    void noiseHasTheJdksVerdict() {
        Random random = new Random(2);
        for (int i = 0; i < Integer.getInteger("codec.noise", 30_000); i++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                // A last block with codes of its own, and plausible numbers of them.
                noise[0] = (byte) (noise[0] & 0xF8 | 5);
            }
            assertSameVerdict(noise);
        }
    }

    @Test
    void damagedMembersNeverGiveOtherBytes() throws IOException {
        byte[] plain = Samples.logs(4, 1);
        byte[] whole = Requests.gzip(plain);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            String ours = ours(Container.GZIP, damaged);
            if (!ours.equals(REFUSED)) {
                // Time, flags for text and system mean nothing, nor do the bits after the last block.
                assertThat(bit / 8).matches(at -> at < 10 || at == whole.length - 9);
                assertThat(ours).isEqualTo(HexFormat.of().formatHex(plain));
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(damaged))) {
                    assertThat(in.readAllBytes()).isEqualTo(plain);
                }
            }
        }
        for (int length = 0; length < whole.length; length++) {
            assertThat(ours(Container.GZIP, Arrays.copyOf(whole, length))).isEqualTo(REFUSED);
        }
    }

    private void assertSameVerdict(byte[] damaged) {
        assertThat(ours(Container.RAW, damaged))
                .as(() -> HexFormat.of().formatHex(damaged))
                .isEqualTo(theirs(damaged));
    }

    private String ours(Container container, byte[] packed) {
        try {
            return HexFormat.of().formatHex(Unpacked.of(stream, container, packed));
        } catch (CorruptStream e) {
            assertThat(e).hasMessageMatching("byte \\d+: .+ \\(expected: .+\\)");
            return REFUSED;
        }
    }

    private String theirs(byte[] packed) {
        jdk.reset();
        jdk.setInput(packed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            while (!jdk.finished()) {
                int n = jdk.inflate(room);
                out.write(room, 0, n);
                if (n == 0 && !jdk.finished() || out.size() > LARGEST) {
                    return REFUSED;
                }
            }
        } catch (DataFormatException e) {
            return REFUSED;
        }
        return jdk.getRemaining() > 0 ? REFUSED : HexFormat.of().formatHex(out.toByteArray());
    }
}
