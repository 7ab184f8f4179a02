package io.lightvessel.pipeline.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One directory of files, as much of it as a log needs; tests put faults and power cuts in its place. */
interface Disk extends Closeable {

    List<String> list() throws IOException;

    /** Opens a file for reading and writing; makes it if told to. */
    DiskFile open(String name, boolean create) throws IOException;

    void delete(String name) throws IOException;

    /** Makes the files' coming and going survive a loss of power. */
    void sync() throws IOException;

    /** The directory, for messages. */
    @Override
    String toString();

    /** An open file. */
    interface DiskFile extends Closeable {

        long size() throws IOException;

        /** Reads until the buffer is full or the file ends. */
        void read(ByteBuffer into, long position) throws IOException;

        /** Writes all of it, or throws having written a part. */
        void write(ByteBuffer[] bytes, long position) throws IOException;

        void truncate(long size) throws IOException;

        /** Makes what was written survive a loss of power. */
        void force() throws IOException;
    }
}
