package io.lightvessel.gateway.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.testing.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a server answers, an exchange ends once, and nothing stays behind. */
class HttpResponseFuzzTest {
    private static final URI URL = URI.create("http://backend/v1/logs");

    /** The exchange ended without a complete response. */
    private static final class Failed extends Exception {
        Failed(String why) {
            super(why);
        }
    }

    private static final class Ends implements ResponseReader {
        private final List<String> ends = new ArrayList<>();
        private int heads;
        private int bytes;

        @Override
        public void head(int status, HttpHeaders headers) {
            heads++;
            assertThat(status).isBetween(200, 999);
        }

        @Override
        public @Nullable String content(ByteBuf piece) {
            bytes += piece.readableBytes();
            return bytes > 10_000 ? "enough" : null;
        }

        @Override
        public void end() {
            ends.add("complete");
        }

        @Override
        public void failed(String why) {
            ends.add(why);
        }
    }

    @Test
    void responsesOfServers() {
        Fuzz.run("http-response", 4000, HttpResponseFuzzTest::exchange, Failed.class);
    }

    private static String exchange(byte[] input) throws Failed {
        EmbeddedChannel channel = new EmbeddedChannel();
        LoopConnections home =
                new LoopConnections(channel.eventLoop(), new Dialer(Loops.SHARED, null, ConnectionRules.DEFAULT));
        OriginConnections backend = home.to(HttpOrigin.of(URL));
        backend.keep(HttpClientConnection.install(
                channel, InetAddress.getLoopbackAddress(), backend, ConnectionRules.DEFAULT));
        ByteBuf body = Unpooled.copiedBuffer(new byte[10]);
        Ends ends = new Ends();
        HttpCallout callout =
                new HttpCallout(HttpMethod.POST, URL, new DefaultHttpHeaders(), body, Duration.ofMinutes(5));
        new HttpExchange(home, callout, ends, () -> {}).start();
        // In two pieces, the second perhaps after the answer.
        int half = input.length / 2;
        channel.writeInbound(Unpooled.copiedBuffer(input, 0, half));
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(input, half, input.length - half));
        }
        boolean open = channel.isOpen();
        channel.finishAndReleaseAll();
        home.close();
        assertThat(ends.ends).hasSize(1);
        assertThat(ends.heads).isLessThanOrEqualTo(1);
        assertThat(body.refCnt()).isZero();
        if (!ends.ends.getFirst().equals("complete")) {
            throw new Failed(ends.ends.getFirst());
        }
        assertThat(ends.heads).isEqualTo(1);
        return ends.bytes + (open ? " kept" : " closed");
    }
}
