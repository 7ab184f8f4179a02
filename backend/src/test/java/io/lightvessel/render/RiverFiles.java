package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of every file for Alloy: it parses, its components are known, and they refer to each other's exports. */
final class RiverFiles {
    /** Components and what they export. */
    private static final Map<String, String> COMPONENTS = Map.ofEntries(
            Map.entry("discovery.kubernetes", "targets"),
            Map.entry("discovery.relabel", "output"),
            Map.entry("local.file_match", "targets"),
            Map.entry("loki.process", "receiver"),
            Map.entry("loki.source.file", ""),
            Map.entry("loki.write", "receiver"),
            Map.entry("otelcol.exporter.datadog", "input"),
            Map.entry("otelcol.exporter.kafka", "input"),
            Map.entry("otelcol.exporter.otlp", "input"),
            Map.entry("otelcol.exporter.otlphttp", "input"),
            Map.entry("otelcol.exporter.prometheus", "input"),
            Map.entry("otelcol.processor.attributes", "input"),
            Map.entry("otelcol.processor.batch", "input"),
            Map.entry("otelcol.processor.filter", "input"),
            Map.entry("otelcol.processor.groupbyattrs", "input"),
            Map.entry("otelcol.processor.memory_limiter", "input"),
            Map.entry("otelcol.processor.probabilistic_sampler", "input"),
            Map.entry("otelcol.processor.redaction", "input"),
            Map.entry("otelcol.processor.tail_sampling", "input"),
            Map.entry("otelcol.processor.transform", "input"),
            Map.entry("otelcol.receiver.jaeger", ""),
            Map.entry("otelcol.receiver.loki", "receiver"),
            Map.entry("otelcol.receiver.otlp", ""),
            Map.entry("otelcol.receiver.prometheus", "receiver"),
            Map.entry("otelcol.receiver.zipkin", ""),
            Map.entry("prometheus.operator.podmonitors", ""),
            Map.entry("prometheus.operator.servicemonitors", ""),
            Map.entry("prometheus.remote_write", "receiver"),
            Map.entry("prometheus.scrape", ""),
            Map.entry("pyroscope.ebpf", ""),
            Map.entry("pyroscope.scrape", ""),
            Map.entry("pyroscope.write", "receiver"));

    private static final Set<String> FUNCTIONS = Set.of("sys.env", "coalesce", "string.replace");

    private RiverFiles() {}

    static List<RiverParser.Block> assertSound(String text) {
        List<RiverParser.Block> blocks = RiverParser.parse(text);
        Set<String> exports = new HashSet<>();
        for (RiverParser.Block block : blocks) {
            assertThat(COMPONENTS).as("%s%n%s", block.id(), text).containsKey(block.name());
            assertThat(block.label()).as(block.id()).isNotNull();
            assertThat(exports.add(block.id() + "." + COMPONENTS.get(block.name())))
                    .as("the only %s", block.id())
                    .isTrue();
        }
        for (RiverParser.Block block : blocks) {
            for (String reference : block.references()) {
                if (!FUNCTIONS.contains(reference)) {
                    assertThat(exports).as("%s%n%s", block.id(), text).contains(reference);
                }
            }
        }
        return blocks;
    }
}
