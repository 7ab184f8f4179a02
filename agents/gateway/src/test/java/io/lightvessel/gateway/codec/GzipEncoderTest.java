package io.lightvessel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipEncoderTest {
    private final GzipEncoder encoder = new GzipEncoder();
    private final InflateStream inflater = new InflateStream();

    @Test
    void theJdkAndOurselvesUnpackWhatWasPackedAtEveryBoundary() throws Exception {
        byte[] zeros = new byte[200_000];
        byte[] random = Samples.random(200_000, 1);
        byte[] text = Samples.text(200_000, 2);
        byte[] periodic = Samples.periodic(200_000, 3);
        byte[] logs = Samples.logs(700, 4);
        for (byte[] kind : new byte[][] {zeros, random, text, periodic, logs}) {
            for (int length = 0; length <= 300; length++) {
                assertRoundTrip(Arrays.copyOf(kind, length));
            }
            for (int boundary : new int[] {512, 516, 520, 4096, 32_768, 65_535, 65_536, 98_304, 131_072, 196_608}) {
                for (int length = boundary - 9; length <= boundary + 9; length++) {
                    assertRoundTrip(Arrays.copyOf(kind, length));
                }
            }
            for (int length = 301; length < 70_000; length += Integer.getInteger("codec.step", 997)) {
                assertRoundTrip(Arrays.copyOf(kind, length));
            }
        }
    }

    @Test
    void requestsAndRepetitionsOfAnyShapeComeBack() throws Exception {
        for (int seed = 0; seed < Integer.getInteger("codec.seeds", 40); seed++) {
            assertRoundTrip(Samples.logs(1 + seed * seed, seed));
            assertRoundTrip(Samples.spans(1 + seed * seed, seed));
            assertRoundTrip(Samples.periodic(1 + seed * 7001, seed));
        }
    }

    @Test
    void matchesReachBackOverTheWholeWindowAndNotFurther() throws Exception {
        for (int distance = 32_740; distance <= 32_800; distance++) {
            byte[] bytes = Samples.random(150_000, distance);
            for (int at = distance; at + 40 < bytes.length; at += 5000) {
                System.arraycopy(bytes, at - distance, bytes, at, 40);
            }
            assertRoundTrip(bytes);
        }
    }

    @Test
    void nothingOfAnEarlierBodyIsReferredTo() throws Exception {
        byte[] body = Samples.logs(100, 1);
        byte[] first = encoded(Unpooled.wrappedBuffer(body));
        for (int i = 0; i < 20; i++) {
            assertThat(encoded(Unpooled.wrappedBuffer(body))).isEqualTo(first);
            // The same bytes with others before them, which a match must not be extended into.
            assertRoundTrip(Arrays.copyOfRange(body, i, body.length - i));
        }
    }

    @Test
    void positionsMayRunOver() throws Exception {
        Matches matches = new Matches();
        byte[] window = Arrays.copyOf(Samples.text(200_000, 1), Matches.BEFORE + DeflateFormat.WINDOW + 1000);
        int start = Matches.BEFORE + DeflateFormat.WINDOW;
        Sequences expected = new Sequences(1000);
        matches.find(window, start, start, start + 1000, expected);
        for (int i = 0; i < 40_000; i++) {
            matches.forget(1 << 16);
            Sequences found = new Sequences(1000);
            matches.find(window, start, start, start + 1000, found);
            assertThat(found.pairs).isEqualTo(expected.pairs);
        }
    }

    @Test
    void bodiesOfManyPiecesPackLikeWholeOnes() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = Samples.logs(1 + random.nextInt(600), i);
            ByteBuf pieces = Samples.composite(bytes, 1 + random.nextInt(5000), i);
            pieces.skipBytes(3);
            int reader = pieces.readerIndex();
            byte[] rest = Arrays.copyOfRange(bytes, 3, bytes.length);
            byte[] packed = encoded(pieces);
            assertThat(packed).isEqualTo(encoded(Unpooled.wrappedBuffer(rest)));
            assertThat(pieces.readerIndex()).isEqualTo(reader);
            assertThat(unpackedByTheJdk(packed)).isEqualTo(rest);
            pieces.release();
        }
    }

    @Test
    void telemetryPacksAboutAsWellAsWithZlibsFastestLevel() {
        for (byte[] body : new byte[][] {Samples.logs(1000, 1), Samples.spans(1000, 1), Samples.text(300_000, 1)}) {
            int zlib = Samples.deflate(body, 1, 0, true).length;
            assertThat(encoded(Unpooled.wrappedBuffer(body)).length).isBetween(zlib / 2, zlib + zlib / 20);
        }
    }

    @Test
    void whatDoesNotPackGrowsByAFewBytesOnly() {
        byte[] random = Samples.random(1 << 20, 1);
        assertThat(encoded(Unpooled.wrappedBuffer(random)).length).isBetween(1 << 20, (1 << 20) + 16 * 12 + 18);
    }

    private void assertRoundTrip(byte[] plain) throws Exception {
        byte[] packed = encoded(Unpooled.wrappedBuffer(plain));
        assertThat(unpackedByTheJdk(packed)).isEqualTo(plain);
        assertThat(Unpacked.of(inflater, Container.GZIP, packed)).isEqualTo(plain);
    }

    private byte[] encoded(ByteBuf plain) {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(plain, out);
        return Arrays.copyOf(out.array(), out.readableBytes());
    }

    private static byte[] unpackedByTheJdk(byte[] packed) throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
            return in.readAllBytes();
        }
    }
}
