package io.lightvessel.collector.ebpf.symbols.jvm;

import java.nio.file.Path;

/**
 * A process that makes code while it runs.
 *
 * @param directory the kernel's files about it
 * @param innerPid the number it knows itself by, within its container
 * @param jvm whether it has a JVM in it, which can be asked
 */
public record JitProcess(int pid, long startTime, Path directory, int innerPid, boolean jvm) {

    Path file(String name) {
        return directory.resolve("root/tmp").resolve(name);
    }

    Path perfMap() {
        return file("perf-" + innerPid + ".map");
    }
}
