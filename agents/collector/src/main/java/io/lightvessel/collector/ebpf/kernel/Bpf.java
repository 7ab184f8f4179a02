package io.lightvessel.collector.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commands of {@code bpf(2)} that a profiler needs. Nothing is pinned: all is gone with the last descriptor. */
final class Bpf {
    private static final int MAP_CREATE = 0;
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int PROG_LOAD = 5;
    private static final int PROG_GET_FD_BY_ID = 13;
    private static final int OBJ_GET_INFO_BY_FD = 15;
    private static final int ENABLE_STATS = 32;

    private static final int ARRAY = 2;
    private static final int PER_CPU_ARRAY = 6;
    private static final int RING_BUFFER = 27;
    private static final int PERF_EVENT_PROGRAM = 7;

    private static final int ATTRIBUTES = 128;
    private static final int NAME_LENGTH = 15;
    private static final int LOG_BYTES = 1 << 16;
    private static final int LOG_SHOWN = 2000;
    private static final int INFO_BYTES = 208;
    private static final int INFO_ID = 4;
    private static final int INFO_RUN_TIME = 192;
    private static final int INFO_RUNS = 200;

    // Helpers that read stacks serve only programs that say they may be linked with the kernel.
    private static final String LICENSE = "Dual MIT/GPL";

    private final Libc libc;

    Bpf(Libc libc) {
        this.libc = libc;
    }

    /** @param bytes a power of two and whole pages */
    Descriptor ring(String name, int bytes) throws SyscallFailure {
        return map(name, RING_BUFFER, 0, 0, bytes);
    }

    /** One value for each CPU. */
    Descriptor perCpuValue(String name, int bytes) throws SyscallFailure {
        return map(name, PER_CPU_ARRAY, Integer.BYTES, bytes, 1);
    }

    /** One number, to be read by {@link #number}. */
    Descriptor number(String name) throws SyscallFailure {
        return map(name, ARRAY, Integer.BYTES, Long.BYTES, 1);
    }

    private Descriptor map(String name, int type, int keyBytes, int valueBytes, int entries) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, type);
            attributes.set(JAVA_INT, 4, keyBytes);
            attributes.set(JAVA_INT, 8, valueBytes);
            attributes.set(JAVA_INT, 12, entries);
            attributes.setString(28, checked(name));
            return command("BPF_MAP_CREATE", MAP_CREATE, attributes);
        }
    }

    /** Loads a program for perf events; when the verifier refuses it, the failure says what it found. */
    Descriptor load(String name, byte[] code) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, PERF_EVENT_PROGRAM);
            attributes.set(JAVA_INT, 4, code.length / Long.BYTES);
            MemorySegment instructions = arena.allocate(code.length, Long.BYTES);
            MemorySegment.copy(MemorySegment.ofArray(code), 0, instructions, 0, code.length);
            attributes.set(JAVA_LONG, 8, instructions.address());
            attributes.set(JAVA_LONG, 16, arena.allocateFrom(LICENSE).address());
            attributes.setString(48, checked(name));
            try {
                return command("BPF_PROG_LOAD", PROG_LOAD, attributes);
            } catch (SyscallFailure failure) {
                throw failure.errno() == Errno.EPERM ? failure : explained(failure, attributes, arena);
            }
        }
    }

    /** Loads it once more with a log, which costs too much to ask for when all is well. */
    private SyscallFailure explained(SyscallFailure failure, MemorySegment attributes, Arena arena) {
        MemorySegment log = arena.allocate(LOG_BYTES);
        attributes.set(JAVA_INT, 24, 1);
        attributes.set(JAVA_INT, 28, LOG_BYTES);
        attributes.set(JAVA_LONG, 32, log.address());
        try (Descriptor loaded = command("BPF_PROG_LOAD", PROG_LOAD, attributes)) {
            return new SyscallFailure("BPF_PROG_LOAD", failure.errno(), "loaded as " + loaded.number() + " at last");
        } catch (SyscallFailure again) {
            String text = log.getString(0).strip();
            return new SyscallFailure(
                    "BPF_PROG_LOAD", again.errno(), text.substring(Math.max(0, text.length() - LOG_SHOWN)));
        }
    }

    /** The number in a map of {@link #number(String)}. */
    long number(Descriptor map) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, map.number());
            attributes.set(JAVA_LONG, 8, arena.allocate(JAVA_INT).address());
            attributes.set(JAVA_LONG, 16, value.address());
            libc.bpf("BPF_MAP_LOOKUP_ELEM", MAP_LOOKUP_ELEM, attributes);
            return value.get(JAVA_LONG, 0);
        }
    }

    /** Has the kernel take the time of every program's runs until this is closed. */
    Descriptor statistics() throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            return command("BPF_ENABLE_STATS", ENABLE_STATS, arena.allocate(ATTRIBUTES, Long.BYTES));
        }
    }

    /**
     * What the kernel tells of a program.
     *
     * @param runNanos of the runs while {@link #statistics()} were on
     */
    record ProgramInfo(int id, long runNanos, long runs) {}

    ProgramInfo info(Descriptor program) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, program.number());
            attributes.set(JAVA_INT, 4, INFO_BYTES);
            attributes.set(JAVA_LONG, 8, info.address());
            libc.bpf("BPF_OBJ_GET_INFO_BY_FD", OBJ_GET_INFO_BY_FD, attributes);
            return new ProgramInfo(
                    info.get(JAVA_INT, INFO_ID), info.get(JAVA_LONG, INFO_RUN_TIME), info.get(JAVA_LONG, INFO_RUNS));
        }
    }

    /** Whether a program of this id is loaded, by whomever. */
    boolean exists(int programId) throws SyscallFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
            attributes.set(JAVA_INT, 0, programId);
            command("BPF_PROG_GET_FD_BY_ID", PROG_GET_FD_BY_ID, attributes).close();
            return true;
        } catch (SyscallFailure failure) {
            if (failure.errno() == Errno.ENOENT) {
                return false;
            }
            throw failure;
        }
    }

    /** The kernel memory that a map or program is charged with; 0 when the kernel does not tell. */
    static long memory(Descriptor descriptor) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor.number()))) {
                if (line.startsWith("memlock:")) {
                    return Long.parseLong(line.substring("memlock:".length()).strip());
                }
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private Descriptor command(String what, int command, MemorySegment attributes) throws SyscallFailure {
        return new Descriptor(libc, libc.bpf(what, command, attributes));
    }

    private static String checked(String name) {
        if (name.length() > NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name " + name + ": " + name.length() + " letters (expected: at most " + NAME_LENGTH + ")");
        }
        return name;
    }
}
