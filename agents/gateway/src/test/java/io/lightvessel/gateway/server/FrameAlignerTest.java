package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAlignerTest {
    private static ByteBuf frame(Random random, int payload) {
        ByteBuf frame = Unpooled.buffer(9 + payload);
        frame.writeMedium(payload).writeByte(0).writeByte(0).writeInt(1);
        byte[] content = new byte[payload];
        random.nextBytes(content);
        return frame.writeBytes(content);
    }

    @Test
    void howeverBytesArriveFramesComeOutWholeAndUnchanged() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            ByteBuf wire = Unpooled.buffer().writeBytes(Http2CodecUtil.connectionPrefaceBuf());
            List<Integer> ends = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                wire.writeBytes(frame(random, random.nextInt(3) == 0 ? 0 : random.nextInt(1 << random.nextInt(15))));
                ends.add(wire.writerIndex());
            }
            byte[] sent = ByteBufUtil.getBytes(wire);
            EmbeddedChannel channel = new EmbeddedChannel(new FrameAligner());
            int largest = 1 + random.nextInt(random.nextBoolean() ? 20 : 40_000);
            while (wire.isReadable()) {
                channel.writeInbound(
                        wire.readRetainedSlice(Math.min(wire.readableBytes(), 1 + random.nextInt(largest))));
            }
            ByteBuf received = Unpooled.buffer();
            for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
                received.writeBytes(part);
                part.release();
                assertThat(received.writerIndex()).matches(end -> end <= 24 || ends.contains(end), "a frame's end");
            }
            assertThat(ByteBufUtil.getBytes(received)).isEqualTo(sent);
            channel.finish();
        }
    }

    @Test
    void keepsNoMoreThanTheFrameThatWasBegun() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameAligner());
        ByteBuf read = channel.alloc().directBuffer(256 * 1024);
        read.writeBytes(Http2CodecUtil.connectionPrefaceBuf())
                .writeBytes(frame(new Random(1), 1000))
                .writeBytes(frame(new Random(1), 5000), 0, 100);
        channel.writeInbound(read);
        ByteBuf whole = channel.readInbound();
        assertThat(whole.readableBytes()).isEqualTo(24 + 9 + 1000);
        assertThat(whole.refCnt()).isEqualTo(1);
        whole.release();
        assertThat(read.refCnt()).isZero();
        channel.finish();
    }

    @Test
    void framesLongerThanAllowedAreLeftToTheDecoder() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameAligner());
        channel.writeInbound(Http2CodecUtil.connectionPrefaceBuf());
        channel.<ByteBuf>readInbound().release();
        ByteBuf start = Unpooled.buffer().writeMedium(16_385).writeByte(0);
        channel.writeInbound(start);
        assertThat(channel.<ByteBuf>readInbound()).isNull();
        channel.writeInbound(Unpooled.buffer().writeZero(100));
        assertThat(channel.<ByteBuf>readInbound().readableBytes()).isEqualTo(9);
        assertThat(channel.<ByteBuf>readInbound().readableBytes()).isEqualTo(95);
        channel.finish();
    }
}
