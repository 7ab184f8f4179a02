package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One open file and how far it was read; goes on existing when it is renamed or deleted. */
final class TailedFile implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final FileIdentity identity;
    private final FileContent content;
    private Fingerprint fingerprint;
    private long position;
    private long seenTo;
    private boolean lookedOnceMore;
    private boolean suspect;

    private TailedFile(FileIdentity identity, FileContent content) throws IOException {
        this.identity = identity;
        this.content = content;
        this.fingerprint = Fingerprint.of(content);
    }

    /** Opens what the path names now; a rename in between is noticed. */
    static TailedFile open(Path path) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            FileIdentity before = FileIdentity.of(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            boolean opened = false;
            try {
                if (FileIdentity.of(path).equals(before)) {
                    TailedFile file = new TailedFile(before, content(path, channel));
                    opened = true;
                    return file;
                }
            } catch (NoSuchFileException e) {
                // Renamed or deleted between two looks; the next attempt tells which.
                continue;
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        }
        throw new IOException(path + " is replaced faster than it can be opened");
    }

    private static FileContent content(Path path, FileChannel channel) throws IOException {
        return RotatedFiles.isCompressed(path) ? new GzipContent(channel) : new PlainContent(channel);
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
        return content.size();
    }

    void seek(long offset) {
        position = offset;
    }

    /** What stands before the position, by which a copy of this file is recognised; compressed ones are not copied. */
    Fingerprint mark() throws IOException {
        return content.isLive() ? Fingerprint.before(content, position) : Fingerprint.NONE;
    }

    boolean beginsLike(Fingerprint other) throws IOException {
        return other.begins(content);
    }

    /** Whether this holds what was read of another file up to a position, be it a copy or unpacked from one. */
    boolean holds(Fingerprint begin, Fingerprint mark, long offset) throws IOException {
        return begin.length() > 0 && begin.begins(content) && content.size() >= offset && mark.ends(content, offset);
    }

    boolean wasCompressed() {
        return !content.isLive();
    }

    /** Makes the next look compare the first bytes although the length is what it was. */
    void suspect() {
        suspect = true;
    }

    /** True when the file is not what was read before: cut short, or written anew. */
    boolean wasReplaced() throws IOException {
        if (!content.isLive()) {
            return false;
        }
        long size = content.size();
        if (size == position && !suspect) {
            return false;
        }
        suspect = false;
        if (size < position || !fingerprint.begins(content)) {
            return true;
        }
        if (fingerprint.length() < Fingerprint.LONGEST && size > fingerprint.length()) {
            fingerprint = Fingerprint.of(content);
        }
        return false;
    }

    void restart() throws IOException {
        position = 0;
        seenTo = 0;
        fingerprint = Fingerprint.of(content);
        lookedOnceMore = false;
    }

    /** Reads from the position on without moving it; returns how many bytes there are. */
    int peek(byte[] buffer, int length) throws IOException {
        int read = content.read(buffer, length, position);
        seenTo = position + read;
        return read;
    }

    /** Whether there is something that was not even looked at; an unfinished line was. */
    boolean hasUnseen() throws IOException {
        return Math.max(position, seenTo) < content.size();
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
        content.close();
    }
}
