package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.PodContainer;
import io.lightvessel.collector.ebpf.symbols.PodLookup;
import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import io.lightvessel.collector.ebpf.symbols.elf.ElfFiles;
import io.lightvessel.collector.ebpf.symbols.elf.ElfImage;
import io.lightvessel.collector.ebpf.symbols.elf.FileKey;
import io.lightvessel.collector.ebpf.symbols.jvm.JitNames;
import io.lightvessel.collector.ebpf.symbols.jvm.JitProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all processes are read from.
 *
 * @param node empty when it has no name
 */
public record ProcessSources(ProcFs proc, ElfFiles files, JitNames jitNames, PodLookup pods, String node) {
    /** What is known of pods may come later than their processes. */
    static final long LABELS_HOLD = Duration.ofSeconds(10).toNanos();

    private static final int LONGEST_STATUS = 8 * 1024;

    ProcessEntry entry(int pid, ProcStat stat, @Nullable FileKey program) {
        ProcessIdentity identity = new ProcessIdentity(pid, stat.startTime());
        CodeMap code = stat.kernelThread() ? CodeMap.EMPTY : code(pid);
        ProcessFacts facts = ProcessFacts.read(proc, pid, stat);
        return new ProcessEntry(this, identity, facts, program, jit(identity, code), code);
    }

    boolean isStill(ProcessIdentity identity) {
        return ProcStat.read(proc, identity.pid()).startTime() == identity.startTime();
    }

    /** The program that a process runs, or null when that cannot be seen. */
    @Nullable
    FileKey program(int pid) {
        return key(proc.of(pid, "exe"));
    }

    /** The code of a process, with its files opened: they may be gone a moment later. */
    CodeMap code(int pid) {
        CodeMap code = CodeMap.read(proc, pid, (range, path) -> {
            FileKey linked = key(proc.of(pid, "map_files/" + range));
            return linked != null ? linked : key(inside(pid, path));
        });
        for (CodeRange range : code.ranges()) {
            FileKey file = range.file();
            if (file != null) {
                image(pid, range, file);
            }
        }
        return code;
    }

    ElfImage image(int pid, CodeRange range, FileKey key) {
        ElfImage open = files.get(key);
        if (open != null) {
            return open;
        }
        // The link leads to the very file that is mapped, also when it was deleted or lies in a container.
        Path link = proc.of(pid, "map_files/" + Long.toHexString(range.start()) + "-" + Long.toHexString(range.end()));
        Path file = key.equals(key(link)) ? link : inside(pid, range.path());
        return files.open(key, file, proc.rootOf(pid), Path.of(range.path()));
    }

    ProcessLabels labels(ProcessFacts facts) {
        Cgroup cgroup = facts.cgroup();
        PodContainer pod = cgroup.containerId().isEmpty()
                ? null
                : pods.find(cgroup.containerId(), cgroup.podUid()).orElse(null);
        return facts.labels(node, pod);
    }

    private Path inside(int pid, String path) {
        return proc.rootOf(pid).resolve(path.substring(1));
    }

    private static @Nullable FileKey key(Path file) {
        try {
            return FileKey.of(file);
        } catch (IOException e) {
            // Gone, or not ours to see; its code is shown by the name of the file.
            return null;
        }
    }

    /** Null for those that only run code from files. */
    private @Nullable JitProcess jit(ProcessIdentity identity, CodeMap code) {
        boolean jvm = code.ranges().stream().anyMatch(range -> range.name().equals("libjvm.so"));
        boolean makesCode = jvm
                || code.ranges().stream()
                        .anyMatch(range -> range.file() == null
                                && !range.isFile()
                                && !range.path().startsWith("["));
        if (!makesCode) {
            return null;
        }
        int inner = identity.pid();
        for (String line : proc.text(identity.pid(), "status", LONGEST_STATUS).split("\n")) {
            if (line.startsWith("NSpid:")) {
                String[] numbers = line.trim().split("\\s+");
                inner = Integer.parseInt(numbers[numbers.length - 1]);
            }
        }
        return new JitProcess(identity.pid(), identity.startTime(), proc.of(identity.pid(), ""), inner, jvm);
    }
}
