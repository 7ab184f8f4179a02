package io.lightvessel.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An HTTP/1.1 client's connection that sends one prepared request over and over, one at a time. */
final class HttpSender implements Peer {

    private final SocketChannel channel;
    private final Body body;
    private final int number;
    private final Pace pace;
    private final Score score;
    private final Output output;
    private final ByteBuffer wire;
    private final int bodyAt;
    private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
    private boolean waiting;
    private int id;
    private long since;

    HttpSender(
            SocketChannel channel,
            SelectionKey key,
            Body body,
            Telemetry telemetry,
            Coding coding,
            int port,
            int number,
            Pace pace,
            Score score) {
        this.channel = channel;
        this.body = body;
        this.number = number;
        this.pace = pace;
        this.score = score;
        this.output = new Output(channel, key);
        String head = "POST " + telemetry.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUser-Agent: lightvessel-bench\r\nContent-Type: application/x-protobuf\r\n"
                + (coding == Coding.NONE ? "" : "Content-Encoding: " + coding.label() + "\r\n") + "Content-Length: "
                + body.bytes().length + "\r\n\r\n";
        byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
        this.bodyAt = ascii.length;
        this.wire = ByteBuffer.allocateDirect(ascii.length + body.bytes().length)
                .put(ascii)
                .put(body.bytes())
                .limit(0);
    }

    @Override
    public boolean pump(long now) throws IOException {
        if (!waiting) {
            long due = pace.take(number, now);
            if (due == Pace.NOT_DUE) {
                return false;
            }
            id = score.start();
            since = due;
            waiting = true;
            body.number(id);
            byte[] bytes = body.bytes();
            wire.clear();
            wire.put(bodyAt, bytes, 0, Math.min(bytes.length, 1024));
            wire.put(bodyAt + bytes.length - 8, bytes, bytes.length - 8, 8);
        }
        if (wire.hasRemaining()) {
            output.write(wire);
        }
        return false;
    }

    @Override
    public void readable() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the agent closed a connection");
        }
        int head = HttpHead.end(in, in.position());
        if (head < 0) {
            return;
        }
        HttpHead answer = HttpHead.of(in, head);
        if (in.position() < head + answer.contentLength()) {
            return;
        }
        in.clear();
        waiting = false;
        wire.position(wire.limit());
        switch (answer.status()) {
            case 200 -> score.acknowledged(id, System.nanoTime() - since);
            case 429, 503 -> score.refused();
            default -> score.failed("HTTP status " + answer.status());
        }
    }
}
