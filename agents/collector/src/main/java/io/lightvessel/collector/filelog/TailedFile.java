package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One open file and how far it was read; goes on existing when it is renamed or deleted. */
final class TailedFile implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final FileIdentity identity;
    private final FileChannel channel;
    private Fingerprint fingerprint;
    private long position;
    private boolean lookedOnceMore;

    private TailedFile(FileIdentity identity, FileChannel channel, Fingerprint fingerprint) {
        this.identity = identity;
        this.channel = channel;
        this.fingerprint = fingerprint;
    }

    /** Opens what the path names now; a rename in between is noticed. */
    static TailedFile open(Path path) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            FileIdentity before = FileIdentity.of(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                if (FileIdentity.of(path).equals(before)) {
                    return new TailedFile(before, channel, Fingerprint.of(channel));
                }
            } catch (NoSuchFileException e) {
                // Renamed or deleted between two looks; the next attempt tells which.
                channel.close();
                continue;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException(path + " is replaced faster than it can be opened");
    }

    FileIdentity identity() {
        return identity;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    long position() {
        return position;
    }

    long size() throws IOException {
        return channel.size();
    }

    void seek(long offset) {
        position = offset;
    }

    boolean beginsLike(Fingerprint other) throws IOException {
        return other.matches(channel);
    }

    /** True when the file is not what was read before: cut short, or written anew. */
    boolean wasTruncated() throws IOException {
        if (channel.size() < position || !fingerprint.matches(channel)) {
            return true;
        }
        if (fingerprint.length() < Fingerprint.LONGEST && channel.size() > fingerprint.length()) {
            fingerprint = Fingerprint.of(channel);
        }
        return false;
    }

    void restart() throws IOException {
        position = 0;
        fingerprint = Fingerprint.of(channel);
        lookedOnceMore = false;
    }

    /** Reads from the position on without moving it; returns how many bytes there are. */
    int peek(byte[] buffer) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer);
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                break;
            }
        }
        return target.position();
    }

    void advance(long bytes) {
        position += bytes;
        lookedOnceMore = false;
    }

    /** True from the second call on since something was read: what was written before the first call has been seen. */
    boolean lookedOnceMore() {
        boolean before = lookedOnceMore;
        lookedOnceMore = true;
        return before;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
