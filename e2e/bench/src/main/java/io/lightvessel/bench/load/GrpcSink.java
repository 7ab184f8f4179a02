package io.lightvessel.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The backend's side of one gRPC connection: counts what comes and says yes. */
final class GrpcSink implements Peer {

    /** Large enough never to be what the agent waits for; frames stay what gRPC servers take. */
    private static final int WINDOW = 16 << 20;

    private static final int PREFIX = 5;
    private static final int UPDATE_AFTER = 1 << 20;
    private static final byte[] HEADERS = block(":status", "200", "content-type", "application/grpc");
    private static final byte[] TRAILERS = block("grpc-status", "0");

    private final Deliveries deliveries;
    private final Output output;
    private final FrameReader reader;
    private final Map<Integer, Assembly> calls = new HashMap<>();
    private final Deque<Assembly> spare = new ArrayDeque<>();
    private int unreported;

    GrpcSink(SocketChannel channel, SelectionKey key, Deliveries deliveries) {
        this.deliveries = deliveries;
        this.output = new Output(channel, key);
        this.reader = new FrameReader(channel, 1 << 20, Frames.PREFACE, this::frame);
        ByteBuffer out = output.room(64);
        Frames.header(out, 12, Frames.SETTINGS, 0, 0);
        Frames.setting(out, Frames.INITIAL_WINDOW_SIZE, WINDOW);
        Frames.setting(out, Frames.MAX_CONCURRENT_STREAMS, 1000);
        Frames.windowUpdate(out, 0, WINDOW - Frames.DEFAULT_WINDOW);
    }

    private static byte[] block(String... headers) {
        ByteBuffer block = ByteBuffer.allocate(256);
        for (int i = 0; i < headers.length; i += 2) {
            Frames.literal(block, headers[i], headers[i + 1]);
        }
        byte[] bytes = new byte[block.flip().remaining()];
        block.get(bytes);
        return bytes;
    }

    @Override
    public void readable() throws IOException {
        reader.read();
        output.flush();
    }

    @Override
    public boolean pump(long now) throws IOException {
        output.flush();
        return false;
    }

    private void frame(int type, int flags, int stream, ByteBuffer content) throws IOException {
        switch (type) {
            case Frames.DATA -> data(flags, stream, content);
            case Frames.SETTINGS -> {
                if ((flags & Frames.ACK) == 0) {
                    Frames.header(output.room(Frames.HEADER), 0, Frames.SETTINGS, Frames.ACK, 0);
                }
            }
            case Frames.PING -> {
                if ((flags & Frames.ACK) == 0) {
                    ByteBuffer out = output.room(Frames.HEADER + 8);
                    Frames.header(out, 8, Frames.PING, Frames.ACK, 0);
                    out.put(content);
                }
            }
            case Frames.RST_STREAM -> calls.remove(stream);
            default -> {
                // The request's headers say nothing that is not known.
            }
        }
    }

    private void data(int flags, int stream, ByteBuffer content) throws IOException {
        int length = content.remaining();
        unreported += length;
        if (unreported >= UPDATE_AFTER) {
            Frames.windowUpdate(output.room(Frames.HEADER + 4), 0, unreported);
            unreported = 0;
        }
        Assembly call = calls.get(stream);
        if (call == null) {
            call = spare.isEmpty() ? new Assembly() : spare.pop();
            calls.put(stream, call);
        }
        call.add(content);
        if ((flags & Frames.END_STREAM) != 0) {
            calls.remove(stream);
            deliveries.delivered(call.bytes(), PREFIX, call.size(), call.bytes()[0] != 0);
            call.clear();
            spare.push(call);
            answer(stream);
        }
    }

    private void answer(int stream) {
        ByteBuffer out = output.room(256);
        Frames.header(out, HEADERS.length, Frames.HEADERS, Frames.END_HEADERS, stream);
        out.put(HEADERS);
        Frames.header(out, PREFIX, Frames.DATA, 0, stream);
        out.put(new byte[PREFIX]);
        Frames.header(out, TRAILERS.length, Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream);
        out.put(TRAILERS);
    }
}
