package io.lightvessel.bench.load;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A gRPC client's connection that sends one prepared request over and over, several calls at a time. */
final class GrpcSender implements Peer {

    private static final int MOST_STREAMS = 1024;
    private static final int ANSWERS_PER_UPDATE = 32 << 10;

    private final FramedRequest request;
    private final int number;
    private final Pace pace;
    private final Score score;
    private final Output output;
    private final FrameReader reader;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
    private final int[] ids = new int[MOST_STREAMS];
    private final long[] since = new long[MOST_STREAMS];
    private final boolean[] open = new boolean[MOST_STREAMS];
    private int streams;
    private int inFlight;
    private int nextStream = 1;
    private int sending;
    private int allowed;
    private long streamWindow;
    private long connectionWindow = Frames.DEFAULT_WINDOW;
    private int initialWindow = Frames.DEFAULT_WINDOW;
    private int unreported;
    private boolean settled;

    /**
     * @param streams calls at a time
     * @param number among the senders, from 0
     */
    GrpcSender(
            SocketChannel channel,
            SelectionKey key,
            FramedRequest request,
            int streams,
            int number,
            Pace pace,
            Score score) {
        this.request = request;
        this.number = number;
        this.pace = pace;
        this.score = score;
        this.streams = Math.min(streams, MOST_STREAMS / 2);
        this.output = new Output(channel, key);
        this.reader = new FrameReader(channel, 64 << 10, new byte[0], this::frame);
        ByteBuffer out = output.room(64);
        out.put(Frames.PREFACE);
        Frames.header(out, 0, Frames.SETTINGS, 0, 0);
    }

    @Override
    public void readable() throws IOException {
        reader.read();
    }

    @Override
    public boolean pump(long now) throws IOException {
        if (!request.wire().hasRemaining()) {
            if (!output.flush()) {
                return false;
            }
            if (sending == 0 && !begin(now)) {
                return false;
            }
        }
        widen();
        if (!request.wire().hasRemaining() || !output.write(request.wire())) {
            return false;
        }
        if (sending == 0 || allowed == request.frames()) {
            sending = 0;
            return settled && inFlight < streams && pace.isDue(number, now);
        }
        return false;
    }

    private boolean begin(long now) {
        if (!settled || inFlight >= streams) {
            return false;
        }
        if (nextStream < 0) {
            throw new IllegalStateException("a connection has used up its stream ids");
        }
        long due = pace.take(number, now);
        if (due == Pace.NOT_DUE) {
            return false;
        }
        int id = score.start();
        int slot = slot(nextStream);
        ids[slot] = id;
        since[slot] = due;
        open[slot] = true;
        inFlight++;
        sending = nextStream;
        nextStream += 2;
        allowed = 0;
        streamWindow = initialWindow;
        request.begin(sending, id);
        return true;
    }

    /** Lets as many more frames out as both windows allow. */
    private void widen() {
        if (sending == 0) {
            return;
        }
        int before = allowed;
        while (allowed < request.frames()
                && request.size(allowed + 1) <= connectionWindow
                && request.size(allowed + 1) <= streamWindow) {
            allowed++;
            connectionWindow -= request.size(allowed);
            streamWindow -= request.size(allowed);
        }
        if (allowed > before) {
            request.allow(allowed);
        }
    }

    private void frame(int type, int flags, int stream, ByteBuffer content) throws IOException {
        switch (type) {
            case Frames.HEADERS -> headers(flags, stream, content);
            case Frames.DATA -> count(content.remaining());
            case Frames.SETTINGS -> settings(flags, content);
            case Frames.WINDOW_UPDATE -> windowUpdate(stream, content.getInt());
            case Frames.PING -> {
                if ((flags & Frames.ACK) == 0) {
                    ByteBuffer out = output.room(Frames.HEADER + 8);
                    Frames.header(out, 8, Frames.PING, Frames.ACK, 0);
                    out.put(content);
                }
            }
            case Frames.RST_STREAM -> end(stream, "reset with error " + content.getInt(), false);
            case Frames.GOAWAY -> throw new IOException("the agent said GOAWAY");
            case Frames.CONTINUATION -> throw new IOException("a CONTINUATION frame (expected: short headers)");
            default -> {
                // Of no concern.
            }
        }
    }

    private void headers(int flags, int stream, ByteBuffer content) throws IOException {
        Http2Headers received;
        try {
            received = headers.decodeHeaders(stream, Unpooled.wrappedBuffer(content));
        } catch (Http2Exception e) {
            throw new IOException("headers that cannot be read: " + e.getMessage(), e);
        }
        if ((flags & Frames.END_STREAM) == 0) {
            return;
        }
        CharSequence status = received.get("grpc-status");
        if (status != null && status.toString().equals("0")) {
            end(stream, null, false);
        } else {
            // UNAVAILABLE and RESOURCE_EXHAUSTED are how a server asks for less.
            boolean busy = status != null
                    && (status.toString().equals("14") || status.toString().equals("8"));
            end(stream, "grpc-status " + status + ": " + received.get("grpc-message"), busy);
        }
    }

    private void end(int stream, @org.jspecify.annotations.Nullable String failure, boolean refused) {
        int slot = slot(stream);
        if (!open[slot]) {
            return;
        }
        open[slot] = false;
        inFlight--;
        if (failure == null) {
            score.acknowledged(ids[slot], System.nanoTime() - since[slot]);
        } else if (refused) {
            score.refused();
        } else {
            score.failed(failure);
        }
        if (sending == stream) {
            // Answered before it was all sent.
            request.cutShort();
            sending = 0;
        }
    }

    private void settings(int flags, ByteBuffer content) {
        if ((flags & Frames.ACK) != 0) {
            return;
        }
        while (content.remaining() >= 6) {
            int id = content.getShort();
            int value = content.getInt();
            if (id == Frames.INITIAL_WINDOW_SIZE) {
                streamWindow += value - initialWindow;
                initialWindow = value;
            } else if (id == Frames.MAX_CONCURRENT_STREAMS && value > 0) {
                streams = Math.min(streams, value);
            }
        }
        settled = true;
        Frames.header(output.room(Frames.HEADER), 0, Frames.SETTINGS, Frames.ACK, 0);
    }

    private void windowUpdate(int stream, int more) {
        if (stream == 0) {
            connectionWindow += more;
        } else if (stream == sending) {
            streamWindow += more;
        }
    }

    private void count(int bytes) {
        unreported += bytes;
        if (unreported >= ANSWERS_PER_UPDATE) {
            Frames.windowUpdate(output.room(Frames.HEADER + 4), 0, unreported);
            unreported = 0;
        }
    }

    private static int slot(int stream) {
        return stream >>> 1 & MOST_STREAMS - 1;
    }
}
