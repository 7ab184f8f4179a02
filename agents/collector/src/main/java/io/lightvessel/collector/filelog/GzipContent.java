package io.lightvessel.collector.filelog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a compressed file held before it was compressed. Only its first bytes and what was read last can be read again: the
 * rest is unpacked as it is needed and forgotten.
 */
final class GzipContent implements FileContent {
    private static final Logger LOG = LoggerFactory.getLogger(GzipContent.class);
    private static final int BUFFER = 64 << 10;

    private final FileChannel channel;
    private final InputStream unpacked;
    private byte[] head = {};
    private byte[] held = {};
    private long heldFrom;
    private long size = Long.MAX_VALUE;

    GzipContent(FileChannel channel) throws IOException {
        this.channel = channel;
        this.unpacked = new GZIPInputStream(Channels.newInputStream(channel), BUFFER);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(byte[] target, int length, long position) throws IOException {
        if (position + length <= head.length) {
            System.arraycopy(head, (int) position, target, 0, length);
            return length;
        }
        if (position < heldFrom) {
            throw new IOException(
                    "byte " + position + " was unpacked and forgotten (expected: " + heldFrom + " or more)");
        }
        long heldTo = heldFrom + held.length;
        if (position > heldTo) {
            skip(position - heldTo);
            held = new byte[0];
            heldFrom = position;
            heldTo = position;
        }
        int known = (int) Math.min(length, heldTo - position);
        System.arraycopy(held, (int) (position - heldFrom), target, 0, known);
        int all = unpack(target, known, length);
        if (all < length) {
            size = position + all;
        }
        if (position == 0 && head.length == 0) {
            head = Arrays.copyOf(target, Math.min(all, Fingerprint.LONGEST));
        }
        if (all > known) {
            held = Arrays.copyOf(target, all);
            heldFrom = position;
        }
        return all;
    }

    /** Fills the target from an index up to a length, as far as there is content; returns up to where it was filled. */
    private int unpack(byte[] target, int from, int length) throws IOException {
        int at = from;
        try {
            while (at < length) {
                int read = unpacked.read(target, at, length - at);
                if (read < 0) {
                    return at;
                }
                at += read;
            }
        } catch (ZipException | EOFException e) {
            LOG.error("a compressed log is damaged, what follows in it is lost: {}", e.toString());
        }
        return at;
    }

    private void skip(long bytes) throws IOException {
        byte[] waste = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int read = unpack(waste, 0, (int) Math.min(left, waste.length));
            if (read == 0) {
                return;
            }
            left -= read;
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        unpacked.close();
    }
}
