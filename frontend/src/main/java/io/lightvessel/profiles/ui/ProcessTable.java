package io.lightvessel.profiles.ui;

import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.profiles.ProfileAnswers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The processes that ran, the busiest first; each leads to its own graph. */
final class ProcessTable extends SmallTable {
    private static final int MOST = 50;

    ProcessTable() {
        super(
                "Busiest processes",
                Column.text("Process"),
                Column.text("Service"),
                Column.text("Pod and container"),
                Column.text("Agent"),
                Column.number("CPU time"),
                Column.number("Share"));
    }

    /** @param path leads to the graph of a process */
    void set(
            List<ProfileAnswers.Process> processes,
            long whole,
            Map<AgentId, String> agents,
            Function<ProfileAnswers.Process, String> path) {
        setRows(processes.stream()
                .limit(MOST)
                .map(process -> List.of(
                        new Cell(name(process), path.apply(process)),
                        Cell.of(process.service()),
                        Cell.of(place(process)),
                        Cell.of(agents.getOrDefault(
                                process.agent(), process.agent().toString())),
                        Cell.of(seconds(process.cpuNanos())),
                        Cell.of(share(process.cpuNanos(), whole))))
                .toList());
    }

    static String name(ProfileAnswers.Process process) {
        return process.labels().getOrDefault("comm", "process") + " "
                + process.labels().getOrDefault("pid", "");
    }

    static String seconds(long nanos) {
        return nanos < 1_000_000_000 ? nanos / 1_000_000 + " ms" : Format.number(nanos / 1e9) + " s";
    }

    static String share(long part, long whole) {
        return Math.round(whole == 0 ? 0 : part * 100.0 / whole) + " %";
    }

    private static String place(ProfileAnswers.Process process) {
        String container = process.labels().getOrDefault("container", "–");
        String pod = process.labels().get("pod");
        return pod == null ? container : process.labels().get("namespace") + "/" + pod + "/" + container;
    }
}
