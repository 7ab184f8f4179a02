package io.lightvessel.bench.scrape;

import java.io.IOException;
import java.util.stream.Collectors;

/** Targets and backend of one run, and the configs that lead a program from the ones to the other. */
public final class ScrapeRun implements AutoCloseable {
    private final ScrapeOptions options;
    private final Targets targets;
    private final WriteSink sink;

    private ScrapeRun(ScrapeOptions options, Targets targets, WriteSink sink) {
        this.options = options;
        this.targets = targets;
        this.sink = sink;
    }

    public static ScrapeRun prepare(ScrapeOptions options) throws IOException {
        return new ScrapeRun(options, Targets.start(options), WriteSink.start());
    }

    /**
     * What has passed so far.
     *
     * @param pageBytes served by targets, unpacked
     * @param expectedSamples of the scrapes, without those about the scrapes themselves
     */
    public record Count(
            long scrapes, long expectedSamples, long pageBytes, long samples, long requests, long writtenBytes) {

        public Count minus(Count before) {
            return new Count(
                    scrapes - before.scrapes,
                    expectedSamples - before.expectedSamples,
                    pageBytes - before.pageBytes,
                    samples - before.samples,
                    requests - before.requests,
                    writtenBytes - before.writtenBytes);
        }
    }

    public Count count() {
        long scrapes = targets.scrapes();
        return new Count(
                scrapes,
                scrapes * options.seriesPerTarget(),
                targets.bytes(),
                sink.samples(),
                sink.requests(),
                sink.bytes());
    }

    /** Compression is what everybody asks for; older versions of Prometheus do not know how not to. */
    private String jobs(int indent) {
        String compression = options.gzip() ? "" : "    enable_compression: false\n";
        String addresses = targets.addresses().stream()
                .map(address -> "\"" + address + "\"")
                .collect(Collectors.joining(", "));
        return ("scrape_configs:\n  - job_name: bench\n" + compression + "    static_configs:\n      - targets: ["
                        + addresses + "]\n")
                .indent(indent);
    }

    /** For Lightvessel and for any Collector with the same receiver and exporter. */
    public String agentConfig() {
        return """
                receivers:
                  prometheus:
                    config:
                      global: {scrape_interval: %ds}
                %s
                exporters:
                  prometheusremotewrite:
                    endpoint: "%s"
                service:
                  pipelines:
                    metrics: {receivers: [prometheus], exporters: [prometheusremotewrite]}
                """.formatted(options.intervalSeconds(), jobs(6), sink.url());
    }

    /** The same for a Prometheus in agent mode. */
    public String prometheusConfig() {
        return """
                global: {scrape_interval: %ds}
                %s
                remote_write:
                  - url: "%s"
                """.formatted(options.intervalSeconds(), jobs(0), sink.url());
    }

    @Override
    public void close() {
        sink.close();
        targets.close();
    }
}
