package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** An arbiter for replicas on one machine: a file for each cluster's lineage, changed under a lock. */
public final class FileArbiter implements Arbiter {

    private static final int MAX_BYTES = 16 << 10;
    private static final Object ONE_PER_PROCESS = new Object();

    private final Path directory;
    private final Executor executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cluster-arbiter").daemon().factory());

    public FileArbiter(Path directory) {
        this.directory = directory;
    }

    @Override
    public CompletionStage<Set<MemberId>> claim(Claim claim) {
        return CompletableFuture.supplyAsync(() -> locked(claim), executor);
    }

    private Set<MemberId> locked(Claim claim) {
        Path file = directory.resolve("cluster-" + Long.toHexString(claim.lineage()) + ".arbiter");
        // A file's lock is the process's, not the thread's.
        synchronized (ONE_PER_PROCESS) {
            try {
                Files.createDirectories(directory);
                try (FileChannel channel = FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    return Rulings.claim(claim, read(channel), text -> write(channel, text));
                }
            } catch (IOException e) {
                throw new IllegalStateException(file + ": " + e.getMessage(), e);
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        if (channel.size() > MAX_BYTES) {
            throw new IOException("it has " + channel.size() + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // Until all of it is there.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        channel.force(true);
    }
}
