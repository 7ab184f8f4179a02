package io.lightvessel.collector.ebpf.symbols.jvm;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Has a JVM write down the names of its code, over the socket that the JDK's own tools use. */
final class JvmAttach {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LONGEST_ANSWER = 4096;
    private static final byte[] COMMAND = "1\0jcmd\0Compiler.perfmap\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private JvmAttach() {}

    /** Throws when the JVM does not do it, with its reason. */
    static void writePerfMap(JitProcess process) throws IOException, InterruptedException {
        Path socket = process.file(".java_pid" + process.innerPid());
        if (!Files.exists(socket)) {
            haveListen(process, socket);
        }
        String answer = ask(socket);
        if (!answer.startsWith("0\n")) {
            throw new IOException("JVM " + process.pid() + " refused Compiler.perfmap: "
                    + answer.strip().replaceAll("\\s+", " "));
        }
    }

    /** A JVM listens from when it finds a certain file after SIGQUIT; without the file it would print its threads. */
    private static void haveListen(JitProcess process, Path socket) throws IOException, InterruptedException {
        if (!QuitSignal.isExpectedBy(process)) {
            throw new IOException("JVM " + process.pid() + " does not let others attach (SIGQUIT is not caught)");
        }
        Path request = process.file(".attach_pid" + process.innerPid());
        try {
            Files.createFile(request);
        } catch (FileAlreadyExistsException e) {
            // Somebody else attaches at this moment, or failed to; the request is the same.
        }
        try {
            QuitSignal.send(process);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(socket)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("JVM " + process.pid() + " did not begin to listen (waited: "
                            + PATIENCE.toSeconds() + " s)");
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            Files.deleteIfExists(request);
        }
    }

    /** Never waits longer than its patience: who listens there may be anybody. */
    private static String ask(Path socket) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer command = ByteBuffer.wrap(COMMAND);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            boolean ended = false;
            while (!ended && answer.hasRemaining()) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new IOException(socket + " did not answer within " + PATIENCE.toSeconds() + " s");
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (command.hasRemaining()) {
                    channel.write(command);
                } else {
                    key.interestOps(SelectionKey.OP_READ);
                    ended = channel.read(answer) < 0;
                }
            }
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
}
