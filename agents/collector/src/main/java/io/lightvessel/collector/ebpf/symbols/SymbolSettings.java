package io.lightvessel.collector.ebpf.symbols;

import java.nio.file.Path;

/**
 * How much may be remembered, and what may be done, to find names.
 *
 * @param proc where the kernel shows its processes
 * @param node what the machine is called; empty when it has no name
 * @param asksJvms whether JVMs are asked for the names of their code
 * @param mostProcesses how many processes are remembered
 * @param mostFiles how many programs and libraries are kept open
 * @param mostFileBytes what their functions may take of the heap
 * @param mostJitBytes what the names of code made at run time may take of the heap
 */
public record SymbolSettings(
        Path proc,
        String node,
        boolean asksJvms,
        int mostProcesses,
        int mostFiles,
        long mostFileBytes,
        long mostJitBytes) {

    /** What suits a node with a thousand processes and an agent with 128 MiB of heap. */
    public static SymbolSettings usual(String node, boolean asksJvms) {
        return new SymbolSettings(Path.of("/proc"), node, asksJvms, 2048, 1024, 24 << 20, 16 << 20);
    }
}
