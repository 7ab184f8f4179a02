package io.lightvessel.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The backend's side of one HTTP/1.1 connection: counts what comes and says yes. */
final class HttpSink implements Peer {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Deliveries deliveries;
    private final Output output;
    private final boolean packed;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
    private final Assembly body = new Assembly();
    private @Nullable HttpHead head;

    HttpSink(SocketChannel channel, SelectionKey key, Deliveries deliveries, boolean packed) {
        this.channel = channel;
        this.deliveries = deliveries;
        this.packed = packed;
        this.output = new Output(channel, key);
    }

    @Override
    public void readable() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the agent closed a connection");
        }
        in.flip();
        while (in.hasRemaining()) {
            HttpHead current = head;
            if (current == null) {
                ByteBuffer rest = in.slice();
                int end = HttpHead.end(rest, rest.limit());
                if (end < 0) {
                    break;
                }
                current = HttpHead.of(rest, end);
                in.position(in.position() + end);
                head = current;
            }
            int length = Math.min(in.remaining(), current.contentLength() - body.size());
            body.add(in.slice(in.position(), length));
            in.position(in.position() + length);
            if (body.size() < current.contentLength()) {
                break;
            }
            deliveries.delivered(body.bytes(), 0, body.size(), packed);
            body.clear();
            head = null;
            output.room(ANSWER.length).put(ANSWER);
        }
        in.compact();
        output.flush();
    }

    @Override
    public boolean pump(long now) throws IOException {
        output.flush();
        return false;
    }
}
