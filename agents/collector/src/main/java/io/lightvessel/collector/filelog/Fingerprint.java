package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Some bytes of a file, shortened. Of its first ones, it tells whether an inode was given to another file, or a file was
 * written anew; of those before a position, together with the first ones, whether a copy holds what was read there.
 *
 * @param length how many bytes it covers; grows with a small file
 */
record Fingerprint(int length, long crc) {
    /** Container logs begin with a time in nanoseconds, so far less would do. */
    static final int LONGEST = 256;

    /** Of nothing; every content has it. */
    static final Fingerprint NONE = new Fingerprint(0, 0);

    /** Of the first bytes. */
    static Fingerprint of(FileContent content) throws IOException {
        return at(content, 0, (int) Math.min(LONGEST, content.size()));
    }

    /** Of the bytes before a position. */
    static Fingerprint before(FileContent content, long position) throws IOException {
        int length = (int) Math.min(LONGEST, position);
        return at(content, position - length, length);
    }

    /** Whether the content begins with these bytes. */
    boolean begins(FileContent content) throws IOException {
        return equals(at(content, 0, length));
    }

    /** Whether the content has these bytes before a position. */
    boolean ends(FileContent content, long position) throws IOException {
        return position >= length && equals(at(content, position - length, length));
    }

    private static Fingerprint at(FileContent content, long position, int length) throws IOException {
        if (length == 0) {
            return NONE;
        }
        byte[] bytes = new byte[length];
        int read = content.read(bytes, length, position);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, read);
        return new Fingerprint(read, crc.getValue());
    }
}
