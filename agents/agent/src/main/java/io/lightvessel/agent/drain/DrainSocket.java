package io.lightvessel.agent.drain;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a running agent is asked to hand over: a socket in its state directory, which nobody else may enter. Whoever
 * connects asks, and is answered with a word once all is handed over.
 */
public final class DrainSocket implements AutoCloseable {
    static final String FILE = "drain.sock";
    static final String DONE = "drained\n";
    private static final Logger LOG = LoggerFactory.getLogger(DrainSocket.class);

    private final ServerSocketChannel server;
    private final Path file;
    private final Runnable drain;

    private DrainSocket(ServerSocketChannel server, Path file, Runnable drain) {
        this.server = server;
        this.file = file;
        this.drain = drain;
    }

    /**
     * Opens the socket of the directory's one agent; one that a killed process has left is replaced.
     *
     * @param drain hands over and returns when that is done; called for each request, several at a time
     */
    public static DrainSocket open(Path state, Runnable drain) throws IOException {
        Path file = state.resolve(FILE);
        Files.deleteIfExists(file);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        DrainSocket socket = new DrainSocket(server, file, drain);
        Thread.ofVirtual().name("drain-socket").start(socket::accept);
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel peer = server.accept();
                Thread.ofVirtual().name("drain").start(() -> answer(peer));
            }
        } catch (AsynchronousCloseException e) {
            LOG.debug("the drain socket is closed");
        } catch (IOException e) {
            LOG.warn("{} answers no longer: {}", file, e.toString());
        }
    }

    private void answer(SocketChannel peer) {
        try (peer) {
            LOG.info("asked to hand over before the end");
            drain.run();
            peer.write(ByteBuffer.wrap(DONE.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            LOG.info("whoever asked to hand over did not wait for the answer: {}", e.toString());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", file, e.toString());
        }
    }
}
