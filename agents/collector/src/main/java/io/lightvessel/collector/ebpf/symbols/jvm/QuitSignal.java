package io.lightvessel.collector.ebpf.symbols.jvm;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Sends SIGQUIT, which asks a JVM to listen and ends any other program that does not expect it. */
final class QuitSignal {
    private static final int SIGQUIT = 3;
    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private QuitSignal() {}

    /** Whether the process has a JVM and said that it deals with the signal itself. */
    static boolean isExpectedBy(JitProcess process) throws IOException {
        if (!process.jvm()) {
            return false;
        }
        String status = Files.readString(process.directory().resolve("status"), StandardCharsets.ISO_8859_1);
        return status.lines()
                .filter(line -> line.startsWith("SigCgt:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) >> SIGQUIT - 1 & 1) == 1);
    }

    static void send(JitProcess process) throws IOException {
        int answer;
        try {
            answer = (int) KILL.invokeExact(process.pid(), SIGQUIT);
        } catch (Throwable e) {
            throw new IllegalStateException("kill cannot be called", e);
        }
        if (answer != 0) {
            throw new IOException("process " + process.pid() + " cannot be signalled (expected: CAP_KILL)");
        }
    }
}
