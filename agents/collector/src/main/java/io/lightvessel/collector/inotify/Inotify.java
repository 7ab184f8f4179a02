package io.lightvessel.collector.inotify;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** One inotify descriptor: watches may be added on any thread, one thread reads what happens. */
public final class Inotify implements AutoCloseable {
    private static final int MODIFY = 0x2;
    private static final int ATTRIBUTES = 0x4;
    private static final int MOVED_FROM = 0x40;
    private static final int MOVED_TO = 0x80;
    private static final int CREATE = 0x100;
    private static final int DELETE = 0x200;
    private static final int MOVE_SELF = 0x800;
    private static final int OVERFLOW = 0x4000;
    private static final int IGNORED = 0x8000;
    private static final int ONLY_DIRECTORY = 0x0100_0000;
    private static final int ONE_SHOT = 0x8000_0000;

    private static final int HEADER = 16;

    private final InotifyCalls calls;
    private final int descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(64 << 10, 8);

    private Inotify(InotifyCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** What happened to what a watch is on. */
    public enum Kind {
        CHANGED,
        /** The watch is no more: it had fired, or what it was on is gone. */
        ENDED,
        /** Too much happened to be remembered: anything may have changed. */
        OVERFLOW
    }

    /** Is told what happened. */
    @FunctionalInterface
    public interface Listener {
        void happened(int watch, Kind kind);
    }

    public static Inotify open() throws IOException {
        InotifyCalls calls = new InotifyCalls();
        return new Inotify(calls, calls.open());
    }

    /** Tells of every entry that comes, goes or is renamed. */
    public int watchDirectory(Path directory) throws IOException {
        return calls.add(
                descriptor, directory.toString(), CREATE | DELETE | MOVED_FROM | MOVED_TO | MOVE_SELF | ONLY_DIRECTORY);
    }

    /** Tells once that the file was written to, renamed or deleted. */
    public int watchFileOnce(Path file) throws IOException {
        return calls.add(descriptor, file.toString(), MODIFY | ATTRIBUTES | MOVE_SELF | ONE_SHOT);
    }

    /** Waits for something to happen, but no longer than told. */
    public void await(int millis, Listener listener) throws IOException {
        if (!calls.poll(descriptor, millis)) {
            return;
        }
        int length = calls.read(descriptor, buffer);
        int at = 0;
        while (at + HEADER <= length) {
            int watch = buffer.get(ValueLayout.JAVA_INT, at);
            int mask = buffer.get(ValueLayout.JAVA_INT, at + 4);
            int name = buffer.get(ValueLayout.JAVA_INT, at + 12);
            listener.happened(watch, kind(mask));
            at += HEADER + name;
        }
    }

    private static Kind kind(int mask) {
        if ((mask & OVERFLOW) != 0) {
            return Kind.OVERFLOW;
        }
        return (mask & IGNORED) != 0 ? Kind.ENDED : Kind.CHANGED;
    }

    /** To be called when nobody waits any more. */
    @Override
    public void close() throws IOException {
        try {
            calls.close(descriptor);
        } finally {
            arena.close();
        }
    }
}
