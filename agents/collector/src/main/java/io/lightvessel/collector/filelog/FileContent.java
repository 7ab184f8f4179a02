package io.lightvessel.collector.filelog;

import java.io.IOException;

/** The bytes of a file, to be read from the front to the back. */
interface FileContent extends AutoCloseable {

    /** How many there are now; {@link Long#MAX_VALUE} when that is not known yet. */
    long size() throws IOException;

    /**
     * Reads from a position on.
     *
     * @return how many bytes there are, fewer than asked for only at the end
     */
    int read(byte[] target, int length, long position) throws IOException;

    /** Whether it may grow or be replaced. */
    boolean isLive();

    @Override
    void close() throws IOException;
}
