package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.kubernetes.ApiAccess;
import io.lightvessel.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an ebpf receiver was told.
 *
 * @param node the label of that name; empty for none
 * @param budget the share of the node's processor time that profiling may take, from 0 to 1; 0 for no limit
 * @param pods how names of pods and services are asked for
 * @param mostStacks how many different ones are kept within an interval
 */
record EbpfSettings(
        int sampleRate,
        Duration collectInterval,
        String node,
        double budget,
        int mostStacks,
        int mostProcesses,
        boolean asksJvms,
        ApiAccess pods) {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    static EbpfSettings of(Settings settings) {
        return new EbpfSettings(
                Math.toIntExact(settings.integer("sample_rate")),
                settings.duration("collect_interval"),
                node(settings.string("node")),
                settings.decimal("cpu_budget") / 100,
                Math.toIntExact(settings.integer("max_stacks")),
                Math.toIntExact(settings.integer("max_processes")),
                settings.flag("jvm_perf_maps"),
                ApiAccess.of(settings.section("metadata")));
    }

    private static String node(String written) {
        if (!written.isEmpty()) {
            return written;
        }
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            // Profiles are worth having without the label.
            return "";
        }
    }
}
