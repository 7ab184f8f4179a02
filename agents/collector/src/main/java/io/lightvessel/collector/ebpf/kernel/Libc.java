package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls the kernel through the C library. What can fail captures errno within the call: asking for it afterwards would
 * find what the JVM has done in between.
 */
final class Libc {
    private static final int MAP_SHARED = 1;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(PathElement.groupElement("errno"));

    private final Architecture architecture;
    private final MethodHandle syscall;
    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle close;
    private final int pageSize;

    /**
     * @throws UnsupportedOperationException when this is no Linux on a processor whose numbers are known
     * @throws IllegalCallerException when the JVM was told to deny native access
     */
    Libc() {
        architecture = Architecture.of(System.getProperty("os.name"), System.getProperty("os.arch"));
        syscall = function(
                "syscall",
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
        mmap = function(
                "mmap",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
        munmap = function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        pageSize = pageSize(function("getpagesize", FunctionDescriptor.of(JAVA_INT)));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    int pageSize() {
        return pageSize;
    }

    /** @return what the command gives back, mostly a descriptor */
    int bpf(String what, int command, MemorySegment attributes) throws SyscallFailure {
        return (int) call(what, architecture.bpf(), command, attributes.address(), attributes.byteSize(), 0, 0);
    }

    /** An event of everything that runs on a CPU; its descriptor is not handed down to programs that are started. */
    int perfEventOpen(String what, MemorySegment attributes, int cpu) throws SyscallFailure {
        long closeOnExec = 8;
        return (int) call(what, architecture.perfEventOpen(), attributes.address(), -1, cpu, -1, closeOnExec);
    }

    void ioctl(String what, int fd, long request, long argument) throws SyscallFailure {
        call(what, architecture.ioctl(), fd, request, argument, 0, 0);
    }

    private long call(String what, long number, long a, long b, long c, long d, long e) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(CAPTURED);
            long result = (long) syscall.invokeExact(captured, number, a, b, c, d, e, 0L);
            if (result == -1) {
                throw new SyscallFailure(what, (int) ERRNO.get(captured, 0L));
            }
            return result;
        } catch (SyscallFailure failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw impossible(impossible);
        }
    }

    /** Shares memory of a descriptor with the kernel until the arena closes, after which it cannot be touched. */
    @SuppressWarnings("restricted")
    MemorySegment map(String what, int fd, long offset, long length, boolean writable, Arena arena)
            throws SyscallFailure {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment captured = local.allocate(CAPTURED);
            int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
            long address = (long) mmap.invokeExact(captured, 0L, length, protection, MAP_SHARED, fd, offset);
            if (address == -1) {
                throw new SyscallFailure(what, (int) ERRNO.get(captured, 0L));
            }
            return MemorySegment.ofAddress(address).reinterpret(length, arena, mapped -> unmap(mapped, length));
        } catch (SyscallFailure failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw impossible(impossible);
        }
    }

    private void unmap(MemorySegment mapped, long length) {
        try {
            int result = (int) munmap.invokeExact(mapped.address(), length);
            if (result != 0) {
                throw new IllegalStateException("munmap of " + length + " bytes failed (expected: memory of mmap)");
            }
        } catch (Throwable impossible) {
            throw impossible(impossible);
        }
    }

    /** Lets go of a descriptor, which is gone whatever close says. */
    void close(int fd) {
        try {
            int _ = (int) close.invokeExact(fd);
        } catch (Throwable impossible) {
            throw impossible(impossible);
        }
    }

    private static int pageSize(MethodHandle getpagesize) {
        try {
            return (int) getpagesize.invokeExact();
        } catch (Throwable impossible) {
            throw impossible(impossible);
        }
    }

    /** Handles throw only what their own code throws, which is nothing, or what is wrong with the JVM. */
    private static RuntimeException impossible(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
