package io.lightvessel.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class InflateStreamTest {
    private static final byte[] HELLO = "hello hello hello".getBytes(StandardCharsets.US_ASCII);

    private final InflateStream stream = new InflateStream();

    @Test
    void everyLevelAndStrategyOfZlibComesBackInPiecesOfAnySize() throws Exception {
        Random random = new Random(1);
        byte[][] bodies = {
            new byte[0],
            HELLO,
            new byte[150_000],
            Samples.random(150_000, 1),
            Samples.text(150_000, 2),
            Samples.periodic(200_000, 3),
            Samples.logs(500, 4)
        };
        for (byte[] body : bodies) {
            for (int level = 0; level <= 9; level++) {
                for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
                    byte[] raw = Samples.deflate(body, level, strategy, true);
                    assertThat(Unpacked.of(stream, Container.RAW, raw)).isEqualTo(body);
                    byte[] zlib = Samples.deflate(body, level, strategy, false);
                    int mostIn = 1 << random.nextInt(16);
                    int mostOut = 1 << random.nextInt(16);
                    assertThat(Unpacked.inPieces(stream, Container.ZLIB, zlib, random, mostIn, mostOut))
                            .isEqualTo(body);
                }
            }
        }
    }

    @Test
    void inputAndOutputByteByByteMakeNoDifference() throws Exception {
        byte[] body = Samples.logs(150, 1);
        byte[] two = concat(Requests.gzip(body), gzipWithAllFields(HELLO));
        assertThat(Unpacked.inPieces(stream, Container.GZIP, two, null, 1, 1 << 16))
                .isEqualTo(concat(body, HELLO));
        assertThat(Unpacked.inPieces(stream, Container.GZIP, two, null, 1, 1)).isEqualTo(concat(body, HELLO));
        assertThat(Unpacked.inPieces(stream, Container.GZIP, two, null, 1 << 16, 1))
                .isEqualTo(concat(body, HELLO));
    }

    @Test
    void aMemberRefersToNothingOfTheOneBefore() throws Exception {
        byte[] body = Samples.text(20_000, 1);
        byte[] raw = Samples.deflate(body, 9, Deflater.DEFAULT_STRATEGY, true);
        // Static codes: a literal, then a match three bytes back, with one byte there to refer to.
        byte[] tooFar = {0x4B, 0x04, 0x22, 0x00};
        byte[] second = concat(HexFormat.of().parseHex("1f8b08000000000000ff"), tooFar);
        assertThatThrownBy(() -> Unpacked.of(stream, Container.GZIP, concat(Requests.gzip(body), second)))
                .isInstanceOf(CorruptStream.class)
                .hasMessageContaining("a match 3 bytes back (expected: 1..1)");
        assertThat(Unpacked.of(stream, Container.RAW, raw)).isEqualTo(body);
    }

    @Test
    void headersWithEveryFieldAreReadAndTheirChecksumIsChecked() throws Exception {
        byte[] packed = gzipWithAllFields(HELLO);
        assertThat(Unpacked.of(stream, Container.GZIP, packed)).isEqualTo(HELLO);
        packed[13] ^= 1;
        assertThatThrownBy(() -> Unpacked.of(stream, Container.GZIP, packed))
                .hasMessageMatching(
                        "byte 70051: checksum 0x[0-9a-f]{4} of the gzip header \\(expected: 0x[0-9a-f]{4}\\)");
    }

    @Test
    void deflateIsTakenWithAndWithoutItsContainer() throws Exception {
        byte[] zlib = Samples.deflate(HELLO, 6, Deflater.DEFAULT_STRATEGY, false);
        byte[] raw = Samples.deflate(HELLO, 6, Deflater.DEFAULT_STRATEGY, true);
        assertThat(Unpacked.of(stream, Container.ZLIB_OR_RAW, zlib)).isEqualTo(HELLO);
        assertThat(Unpacked.of(stream, Container.ZLIB_OR_RAW, raw)).isEqualTo(HELLO);
        assertThat(Unpacked.of(stream, Container.ZLIB, zlib)).isEqualTo(HELLO);
        assertThatThrownBy(() -> Unpacked.of(stream, Container.ZLIB, raw))
                .hasMessage("byte 0: 0xcb48 (expected: a zlib header)");
    }

    @Test
    void errorsSayWhereAndWhatWasExpected() throws Exception {
        assertRefused(Container.RAW, "07", "byte 0: block type 3 (expected: 0..2)");
        assertRefused(Container.RAW, "01 0500 faf0", "byte 5: stored length 5 with complement 61690 (expected: 65530)");
        assertRefused(Container.RAW, "fd00", "byte 2: the end (expected: more of a block)");
        assertRefused(Container.RAW, "fd1f00", "byte 2: 288 literal and length codes (expected: at most 286)");
        assertRefused(Container.RAW, "ed1f00", "byte 2: 32 distance codes (expected: at most 30)");
        assertRefused(Container.RAW, "0300 00", "byte 2: bytes after the end of the stream (expected: none)");
        assertRefused(Container.RAW, "", "byte 0: the end (expected: more of a block)");
        assertRefused(Container.GZIP, "", "byte 0: the end (expected: a header)");
        assertRefused(Container.GZIP, "1f8b09", "byte 2: 0x09 in a gzip header (expected: 0x08)");
        assertRefused(Container.GZIP, "7b", "byte 0: 0x7b in a gzip header (expected: 0x1f)");
        assertRefused(Container.GZIP, "1f8b08e00000000000ff", "byte 3: gzip flags 0xe0 (expected: 0..1f)");
        assertRefused(Container.ZLIB, "78bb", "byte 0: a preset dictionary (expected: none)");
        String empty = "1f8b08000000000000ff 0300";
        assertRefused(Container.GZIP, empty + "00000000", "byte 16: the end (expected: a checksum)");
        assertRefused(Container.GZIP, empty + "0100000000000000", "byte 12: CRC-32 1 (expected: 0)");
        assertRefused(Container.GZIP, empty + "0000000002000000", "byte 12: length 2 (expected: 0)");
        assertRefused(Container.ZLIB, "789c 0300 00000002", "byte 4: Adler-32 2 (expected: 1)");
    }

    @Test
    void aDamagedBodyDoesNotSpoilTheNextOne() throws Exception {
        byte[] good = Requests.gzip(HELLO);
        byte[] bad = good.clone();
        bad[14] ^= 0x55;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Unpacked.of(stream, Container.GZIP, bad)).isInstanceOf(CorruptStream.class);
            assertThat(Unpacked.of(stream, Container.GZIP, good)).isEqualTo(HELLO);
        }
    }

    /** Ten gigabytes of zeros in ten megabytes: the output never grows, and nothing is unpacked after it is full. */
    @Test
    void bombsStopWhereTheOutputEnds() throws Exception {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[16 << 20]);
        byte[] packed = new byte[1 << 20];
        piece.write(packed, 0, deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH));
        deflater.end();
        ByteBuf output = Unpooled.buffer(1 << 20, 1 << 20);
        stream.begin(Container.GZIP);
        stream.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex("1f8b08000000000000ff")), output);
        long taken = 0;
        Progress progress = Progress.NEEDS_INPUT;
        for (int i = 0; i < 640 && progress == Progress.NEEDS_INPUT; i++) {
            ByteBuf input = Unpooled.wrappedBuffer(piece.toByteArray());
            progress = stream.read(input, output);
            taken += input.readerIndex();
        }
        assertThat(progress).isEqualTo(Progress.NEEDS_OUTPUT);
        assertThat(output.writerIndex()).isEqualTo(1 << 20);
        assertThat(taken).isLessThan(40_000);
        assertThat(stream.read(Unpooled.EMPTY_BUFFER, output)).isEqualTo(Progress.NEEDS_OUTPUT);
        assertThat(output.capacity()).isEqualTo(1 << 20);
    }

    private void assertRefused(Container container, String hex, String message) {
        byte[] packed = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> Unpacked.of(stream, container, packed))
                .isInstanceOf(CorruptStream.class)
                .hasMessage(message);
    }

    private static byte[] gzipWithAllFields(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3, 0x50, (byte) 0xC3});
        out.writeBytes(new byte[50_000]);
        out.writeBytes(("name".repeat(5000) + "\0a comment of no interest, twenty-five\0")
                .getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(out.toByteArray());
        out.write((int) crc.getValue());
        out.write((int) crc.getValue() >>> 8);
        out.writeBytes(Samples.deflate(plain, 6, Deflater.DEFAULT_STRATEGY, true));
        crc.reset();
        crc.update(plain);
        ByteBuf trailer = Unpooled.buffer(8);
        trailer.writeIntLE((int) crc.getValue()).writeIntLE(plain.length);
        out.writeBytes(trailer.array());
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
