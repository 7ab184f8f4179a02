package io.lightvessel.agent.drain;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the agent of a state directory to hand over, and waits for that. */
public final class DrainRequest {
    private DrainRequest() {}

    /**
     * Returns when all is handed over and this time has passed.
     *
     * @param atLeast in which those who send to the agent learn that it goes
     * @throws IOException whose message is one sentence
     */
    public static void send(Path state, Duration atLeast) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (!ask(state.resolve(DrainSocket.FILE))) {
            throw new IOException("the agent of " + state + " ended before it had handed over");
        }
        Duration left = atLeast.minusNanos(System.nanoTime() - begun);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private static boolean ask(Path socket) throws IOException {
        SocketChannel agent;
        try {
            agent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new IOException(
                    "no agent answers at " + socket + ": " + e.getMessage()
                            + " (expected: one that runs with this --state directory)",
                    e);
        }
        try (agent) {
            ByteBuffer answer = ByteBuffer.allocate(DrainSocket.DONE.length());
            while (answer.hasRemaining() && agent.read(answer) >= 0) {
                // Until the word is whole or the agent is gone.
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).equals(DrainSocket.DONE);
        }
    }
}
