package io.lightvessel.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Small things on their way out of a connection, and its interest in being writable again. */
final class Output {

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer pending = ByteBuffer.allocateDirect(64 << 10);
    private boolean waiting;

    Output(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Room for so many more bytes, to be put there at once. */
    ByteBuffer room(int bytes) {
        if (pending.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(pending.capacity() * 2, pending.position() + bytes));
            larger.put(pending.flip());
            pending = larger;
        }
        return pending;
    }

    boolean isEmpty() {
        return pending.position() == 0;
    }

    /** True when all is out. */
    boolean flush() throws IOException {
        if (pending.position() == 0) {
            return true;
        }
        pending.flip();
        boolean all = write(pending);
        pending.compact();
        return all;
    }

    /** True when all is out; asks to be told otherwise. */
    boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        boolean rest = bytes.hasRemaining();
        if (rest != waiting) {
            waiting = rest;
            key.interestOps(rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
        return !rest;
    }
}
