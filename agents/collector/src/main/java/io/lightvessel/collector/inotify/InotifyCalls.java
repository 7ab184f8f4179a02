package io.lightvessel.collector.inotify;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C library's functions for inotify(7), called through the Foreign Function API. */
final class InotifyCalls {
    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int POLLIN = 1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle init;
    private final MethodHandle add;
    private final MethodHandle poll;
    private final MethodHandle read;
    private final MethodHandle close;

    InotifyCalls() throws IOException {
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
        init = handle("inotify_init1", FunctionDescriptor.of(number, number));
        add = handle("inotify_add_watch", FunctionDescriptor.of(number, number, ValueLayout.ADDRESS, number));
        poll = handle("poll", FunctionDescriptor.of(number, ValueLayout.ADDRESS, size, number));
        read = handle("read", FunctionDescriptor.of(size, number, ValueLayout.ADDRESS, size));
        close = handle("close", FunctionDescriptor.of(number, number));
    }

    int open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) init.invokeExact(state, CLOEXEC | NONBLOCK);
            return checked("inotify_init1", result, state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int add(int descriptor, String path, int mask) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) add.invokeExact(state, descriptor, arena.allocateFrom(path), mask);
            return checked("inotify_add_watch " + path, result, state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Whether there is something to read before the time is over. */
    boolean poll(int descriptor, int millis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment wanted = arena.allocate(8, 4);
            wanted.set(ValueLayout.JAVA_INT, 0, descriptor);
            wanted.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
            int result = (int) poll.invokeExact(state, wanted, 1L, millis);
            if (result < 0 && errno(state) == EINTR) {
                return false;
            }
            return checked("poll", result, state) > 0;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Bytes read into the buffer; 0 when there are none now. */
    int read(int descriptor, MemorySegment buffer) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) read.invokeExact(state, descriptor, buffer, buffer.byteSize());
            if (result < 0 && (errno(state) == EAGAIN || errno(state) == EINTR)) {
                return 0;
            }
            return checked("read", (int) result, state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    void close(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) close.invokeExact(state, descriptor);
            checked("close", result, state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static int checked(String call, int result, MemorySegment state) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + errno(state));
        }
        return result;
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static IOException failure(Throwable e) {
        return switch (e) {
            case IOException expected -> expected;
            case Error error -> throw error;
            default -> new IOException("a call of the C library failed", e);
        };
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) throws IOException {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IOException("the C library has no " + name + " (expected: Linux)"));
        return linker.downcallHandle(function, descriptor, Linker.Option.captureCallState("errno"));
    }
}
