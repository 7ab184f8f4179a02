package io.lightvessel.bench.load;

import java.io.IOException;

/** One connection of the loop. */
interface Peer {

    void readable() throws IOException;

    /** Writes what it can; true when it would have more to write at once. */
    boolean pump(long now) throws IOException;
}
