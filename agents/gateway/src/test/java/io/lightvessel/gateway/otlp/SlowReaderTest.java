package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers that nobody reads must not pile up in the agent. */
class SlowReaderTest {

    private static final byte[] REQUEST =
            "GET /v1/logs HTTP/1.1\r\nHost: agent\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aClientThatSendsRequestsWithoutEndAndReadsNoAnswersIsCutOff() throws Exception {
        try (ReceiverKit kit = new ReceiverKit()) {
            try (Socket client = new Socket("127.0.0.1", kit.httpPort())) {
                OutputStream out = client.getOutputStream();
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 2_000_000; i++) {
                                out.write(REQUEST);
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            try (Socket next = new Socket("127.0.0.1", kit.httpPort())) {
                next.getOutputStream().write(REQUEST);
                byte[] answer = new byte[15];
                assertThat(next.getInputStream().readNBytes(answer, 0, answer.length))
                        .isEqualTo(answer.length);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 405 Me");
            }
        }
    }

    /** As many calls as would make half a gigabyte of answers; the client stops when nobody takes what it sends. */
    @Test
    void aClientOfHttp2ThatReadsNoAnswersIsHeldBackOrCutOff() throws Exception {
        int most = 4_000_000;
        try (ReceiverKit kit = new ReceiverKit()) {
            // Answers stay in Netty's memory as long as nobody reads them.
            long before = direct();
            int sent = 0;
            try (SocketChannel client = SocketChannel.open()) {
                client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                client.connect(new InetSocketAddress("127.0.0.1", kit.grpcPort()));
                ByteBuffer batch =
                        ByteBuffer.wrap(("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0" + "\0\0\0\4\1\0\0\0\0")
                                .getBytes(StandardCharsets.ISO_8859_1));
                client.configureBlocking(false);
                int idle = 0;
                int taken = -1;
                while (sent < most && idle < 100) {
                    if (!batch.hasRemaining()) {
                        batch = calls(sent, 200);
                        sent += 200;
                    }
                    if (client.write(batch) > 0) {
                        idle = 0;
                    } else {
                        Thread.sleep(5);
                        int now = kit.context.taken.size();
                        idle = now == taken ? idle + 1 : 0;
                        taken = now;
                    }
                }
            } catch (IOException e) {
                assertThat(sent).as("calls before the connection was ended").isPositive();
            }
            assertThat(kit.context.taken).isNotEmpty();
            assertThat(sent).isLessThan(most);
            assertThat(direct() - before).isLessThan(32L << 20);
            try (RawGrpc next = new RawGrpc(kit.grpcPort())) {
                assertThat(next.call(RawGrpc.LOGS, new byte[0]).status()).isEqualTo("0");
            }
        }
    }

    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Complete calls with a log record each, from the one with that number on. */
    private static ByteBuffer calls(int first, int count) {
        ByteBuf headers = Unpooled.buffer();
        headers.writeByte(0x83).writeByte(0x86);
        literal(headers, ":path", RawGrpc.LOGS);
        literal(headers, ":authority", "x");
        literal(headers, "content-type", "application/grpc");
        byte[] message = RawGrpc.framed(Requests.logs(1, 1).toByteArray(), 0);
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            int stream = 2 * (first + i) + 1;
            out.writeMedium(headers.readableBytes()).writeByte(1).writeByte(4).writeInt(stream);
            out.writeBytes(headers, 0, headers.readableBytes());
            out.writeMedium(message.length).writeByte(0).writeByte(1).writeInt(stream);
            out.writeBytes(message);
        }
        return out.nioBuffer();
    }

    private static void literal(ByteBuf out, String name, String value) {
        out.writeByte(0x10).writeByte(name.length());
        out.writeCharSequence(name, StandardCharsets.US_ASCII);
        out.writeByte(value.length());
        out.writeCharSequence(value, StandardCharsets.US_ASCII);
    }
}
