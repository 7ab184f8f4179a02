package io.lightvessel.collector.ebpf.symbols;

import io.lightvessel.collector.ebpf.symbols.elf.ElfFiles;
import io.lightvessel.collector.ebpf.symbols.jvm.JitNames;
import io.lightvessel.collector.ebpf.symbols.process.ProcFs;
import io.lightvessel.collector.ebpf.symbols.process.ProcessSources;
import io.lightvessel.collector.ebpf.symbols.process.ProcessTable;
import java.util.List;

/** Knows the processes and functions of the node that the agent runs on. */
public final class NodeStackNames implements StackNames {
    private final ElfFiles files;
    private final JitNames jitNames;
    private final ProcessTable processes;
    private final Kallsyms kernel;
    private final PodLookup pods;

    /** @param pods is closed with this */
    public NodeStackNames(SymbolSettings settings, PodLookup pods) {
        this.pods = pods;
        files = new ElfFiles(settings.mostFileBytes(), settings.mostFiles());
        jitNames = new JitNames(settings.asksJvms(), settings.mostJitBytes());
        ProcFs proc = new ProcFs(settings.proc());
        processes = new ProcessTable(
                new ProcessSources(proc, files, jitNames, pods, settings.node()), settings.mostProcesses());
        kernel = new Kallsyms(settings.proc());
    }

    @Override
    public ProcessFrames process(int tgid, long cgroupId) {
        return processes.process(tgid);
    }

    @Override
    public KernelNames kernel() {
        return kernel;
    }

    @Override
    public List<String> problems() {
        return kernel.problem().stream().toList();
    }

    @Override
    public Usage usage() {
        return new Usage(processes.count(), files.count(), files.bytes() + jitNames.bytes());
    }

    @Override
    public void close() {
        jitNames.close();
        files.close();
        pods.close();
    }
}
