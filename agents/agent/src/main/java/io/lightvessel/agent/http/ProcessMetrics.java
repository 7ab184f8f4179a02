package io.lightvessel.agent.http;

import io.lightvessel.pipeline.MetricsWriter;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** What the process itself uses, under the names the Collector gives to the same things. */
public final class ProcessMetrics implements MetricsWriter {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final int PAGE_BYTES = 4096;

    private final String labels;
    private final Instant started;
    private final Clock clock;

    public ProcessMetrics(String version, String instanceId, Instant started, Clock clock) {
        this.labels = "{service_name=\"io.lightvessel.agent\",service_instance_id=\"" + instanceId
                + "\",service_version=\"" + version + "\"} ";
        this.started = started;
        this.clock = clock;
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        Duration up = Duration.between(started, clock.instant());
        write(out, "otelcol_process_uptime_seconds_total", "counter", "Uptime of the process", up.toMillis() / 1000.0);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os) {
            write(
                    out,
                    "otelcol_process_cpu_seconds_total",
                    "counter",
                    "CPU user and system time of the process",
                    os.getProcessCpuTime() / 1e9);
        }
        Runtime runtime = Runtime.getRuntime();
        write(
                out,
                "otelcol_process_runtime_heap_alloc_bytes",
                "gauge",
                "Heap in use, garbage included",
                runtime.totalMemory() - runtime.freeMemory());
        write(
                out,
                "otelcol_process_runtime_total_sys_memory_bytes",
                "gauge",
                "Heap obtained from the system",
                runtime.totalMemory());
        OptionalLong rss = residentBytes();
        if (rss.isPresent()) {
            write(out, "otelcol_process_memory_rss_bytes", "gauge", "Resident memory", rss.getAsLong());
        }
        double seconds = 0;
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            seconds += Math.max(0, gc.getCollectionTime()) / 1000.0;
        }
        write(out, "lightvessel_process_gc_seconds_total", "counter", "Time spent in garbage collection", seconds);
    }

    private void write(Appendable out, String name, String type, String help, double value) throws IOException {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        out.append(name).append(labels).append(Double.toString(value)).append('\n');
    }

    // Absent outside Linux, where the figure is left out rather than guessed.
    private static OptionalLong residentBytes() throws IOException {
        if (!Files.isReadable(STATM)) {
            return OptionalLong.empty();
        }
        String[] fields = Files.readString(STATM).split(" ");
        return OptionalLong.of(Long.parseLong(fields[1]) * PAGE_BYTES);
    }
}
