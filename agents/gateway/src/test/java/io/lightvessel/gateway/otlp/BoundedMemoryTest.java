package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.PlainHttp;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever clients do, memory stays near the byte budget; measured at Netty's allocator while they do it. */
class BoundedMemoryTest {
    private static final long BUDGET = 32L << 20;
    /** What the allocator rounds up and keeps for reuse, and what event loops read into. */
    private static final long SLACK = 40L << 20;

    private final AtomicBoolean watching = new AtomicBoolean(true);
    private final AtomicLong most = new AtomicLong();
    private final List<AutoCloseable> open = new ArrayList<>();
    private long before;
    private Thread watcher;
    private ReceiverKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ReceiverKit(ReceiverKit.BOTH, BUDGET, Timeouts.DEFAULT);
        before = direct();
        watcher = Thread.ofPlatform().start(() -> {
            while (watching.get()) {
                most.accumulateAndGet(direct(), Math::max);
                Thread.onSpinWait();
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        watching.set(false);
        watcher.join();
        for (AutoCloseable client : open) {
            client.close();
        }
        kit.close();
    }

    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private long grown() {
        return Math.max(most.get(), direct()) - before;
    }

    @Test
    void zipBombsOfTenGigabytesStopEarly() throws Exception {
        byte[] gzip = repeated(Requests.gzip(new byte[16 << 20]), 640);
        try (PlainHttp client = new PlainHttp("127.0.0.1", kit.httpPort())) {
            assertThat(client.post("/v1/logs", gzip, "Content-Encoding: gzip")).isEqualTo(413);
        }
        byte[] zstd = zstdBomb(10L << 30);
        assertThat(zstd).hasSizeLessThan(400_000);
        try (PlainHttp client = new PlainHttp("127.0.0.1", kit.httpPort())) {
            assertThat(client.post("/v1/logs", zstd, "Content-Encoding: zstd")).isEqualTo(413);
        }
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            for (String coding : new String[] {"gzip", "zstd"}) {
                byte[] bomb = coding.equals("gzip") ? gzip : zstd;
                RawGrpc.Answer answer = client.call(
                                RawGrpc.LOGS, java.util.Map.of("grpc-encoding", coding), RawGrpc.framed(bomb, 1), true)
                        .get(20, java.util.concurrent.TimeUnit.SECONDS);
                assertThat(answer.status()).isEqualTo("8");
                assertThat(answer.headers()).doesNotContainKey("grpc-status-details-bin");
            }
        }
        assertThat(grown()).isLessThan(2 * BUDGET + SLACK);
        assertThat(kit.context.budget.used()).isZero();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A frame without a size whose blocks say "this byte 128 Ki times", by RFC 8878. */
    private static byte[] zstdBomb(long unpacked) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeIntLE(0xFD2FB528).writeByte(0).writeByte(13 << 3);
        int block = 128 << 10;
        for (long left = unpacked; left > 0; left -= block) {
            int last = left <= block ? 1 : 0;
            frame.writeMediumLE(last | 1 << 1 | block << 3).writeByte(0);
        }
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }

    @Test
    void aThousandHalfSentBodiesHoldNoMoreThanTheBudget() throws Exception {
        byte[] half = new byte[150_000];
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            PlainHttp client = new PlainHttp("127.2." + i / 250 + "." + (1 + i % 250), kit.httpPort());
            open.add(client);
            client.send("/v1/logs", 300_000);
            client.socket.getOutputStream().write(half);
            client.socket.setSoTimeout(1);
            refused += answered(client) ? 1 : 0;
        }
        byte[] preface = http2Half(half);
        for (int i = 0; i < 500; i++) {
            Socket client = new Socket("127.0.0.1", kit.grpcPort());
            open.add(client);
            client.getOutputStream().write(preface);
        }
        assertThat(kit.context.budget.used()).isBetween(BUDGET / 2, BUDGET);
        assertThat(refused).isPositive();
        assertThat(grown()).isLessThan(BUDGET + SLACK);
    }

    private static boolean answered(PlainHttp client) throws Exception {
        try {
            assertThat(client.status()).isEqualTo(503);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Preface, settings, headers of a call, half of its message, the last frame cut off. */
    private static byte[] http2Half(byte[] half) throws Exception {
        ByteBuf out = Unpooled.buffer();
        out.writeCharSequence("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII);
        out.writeMedium(0).writeByte(4).writeByte(0).writeInt(0);
        // Agrees to the server's settings, which widen the stream's window.
        out.writeMedium(0).writeByte(4).writeByte(1).writeInt(0);
        ByteBuf headers = Unpooled.buffer();
        headers.writeByte(0x83).writeByte(0x86);
        literal(headers, ":path", RawGrpc.LOGS);
        literal(headers, ":authority", "x");
        literal(headers, "content-type", "application/grpc");
        out.writeMedium(headers.readableBytes())
                .writeByte(1)
                .writeByte(4)
                .writeInt(1)
                .writeBytes(headers);
        ByteBuf message = Unpooled.buffer().writeByte(0).writeInt(300_000).writeBytes(half);
        while (message.isReadable()) {
            int length = Math.min(16_384, message.readableBytes());
            out.writeMedium(length).writeByte(0).writeByte(0).writeInt(1).writeBytes(message, length);
        }
        byte[] bytes = new byte[out.readableBytes() - 5000];
        out.readBytes(bytes);
        return bytes;
    }

    private static void literal(ByteBuf out, String name, String value) {
        out.writeByte(0x10).writeByte(name.length());
        out.writeCharSequence(name, StandardCharsets.US_ASCII);
        out.writeByte(value.length());
        out.writeCharSequence(value, StandardCharsets.US_ASCII);
    }
}
