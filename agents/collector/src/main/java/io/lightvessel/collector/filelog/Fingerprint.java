package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file, shortened: tells whether an inode was given to another file, or a file was written anew.
 *
 * @param length how many bytes it covers; grows with a small file
 */
record Fingerprint(int length, long crc) {
    /** Container logs begin with a time in nanoseconds, so far less would do. */
    static final int LONGEST = 256;

    static Fingerprint of(FileChannel channel) throws IOException {
        return of(channel, (int) Math.min(LONGEST, channel.size()));
    }

    /** Whether the file still begins with the same bytes. */
    boolean matches(FileChannel channel) throws IOException {
        return channel.size() >= length && of(channel, length).equals(this);
    }

    private static Fingerprint of(FileChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // Reads until the buffer is full or the file ends.
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.flip());
        return new Fingerprint(bytes.limit(), crc.getValue());
    }
}
