package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.NameEscaping;
import io.lightvessel.gateway.exposition.ParserOptions;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.relabel.Relabelling;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.scrape.config.ScrapeProtocol;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.scrape.series.SeriesOptions;
import io.lightvessel.gateway.scrape.series.TargetSeries;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job's config comes to, worked out once. */
final class JobSettings {
    private static final String USER_AGENT = "Lightvessel";

    private final ScrapeConfig config;
    private final Map<String, String> external;
    private final HttpOptions http;
    private final Relabelling metricRelabelling;

    /** Reads certificates and secrets. */
    JobSettings(ScrapeConfig config, Map<String, String> external, Timer timer) throws ComponentFailure {
        this.config = config;
        this.external = Map.copyOf(external);
        this.http = HttpOptions.of(config.http(), timer);
        this.metricRelabelling =
                Relabelling.compile(config.metricRelabelling(), config.targets().names());
    }

    ScrapeConfig config() {
        return config;
    }

    HttpOptions http() {
        return http;
    }

    boolean equalsIn(JobSettings other) {
        return config.equals(other.config) && external.equals(other.external);
    }

    boolean asksLike(JobSettings other) {
        return config.http().equals(other.config.http());
    }

    /** Whether the same bytes of a target become the same series. */
    boolean labelsLike(JobSettings other) {
        return external.equals(other.external)
                && config.honorLabels() == other.config.honorLabels()
                && config.metricRelabelling().equals(other.config.metricRelabelling())
                && config.targets().names() == other.config.targets().names()
                && config.escaping() == other.config.escaping()
                && config.limits().equals(other.config.limits())
                && config.honorTimestamps() == other.config.honorTimestamps()
                && config.trackTimestampsStaleness() == other.config.trackTimestampsStaleness()
                && config.extraScrapeMetrics() == other.config.extraScrapeMetrics();
    }

    TargetSeries series(Target target) {
        Map<String, String> labels = new LinkedHashMap<>(external);
        LabelSet own = target.labels();
        for (int i = 0; i < own.size(); i++) {
            labels.put(own.name(i), own.value(i));
        }
        return new TargetSeries(
                labels,
                new TargetLabels(own, config, metricRelabelling, external),
                new SeriesOptions(
                        config.honorTimestamps(),
                        config.trackTimestampsStaleness(),
                        config.limits().samples(),
                        (int) Math.min(config.limits().nativeHistogramBuckets(), Integer.MAX_VALUE),
                        SeriesOptions.schemaOf(config.limits().nativeHistogramMinBucketFactor()),
                        config.extraScrapeMetrics()));
    }

    ParserOptions parser(Target target) {
        return new ParserOptions(
                flag(target, "__scrape_native_histograms__", config.histograms().scrapeNative()),
                flag(
                        target,
                        "__always_scrape_classic_histograms__",
                        config.histograms().alwaysScrapeClassic()),
                flag(
                        target,
                        "__convert_classic_histograms_to_nhcb__",
                        config.histograms().convertClassicToCustomBuckets()),
                escaping());
    }

    private static boolean flag(Target target, String label, boolean otherwise) {
        return switch (target.internals().get(label)) {
            case "true" -> true;
            case "false" -> false;
            default -> otherwise;
        };
    }

    Map<String, String> headers(Duration timeout) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<ExpositionFormat> formats =
                config.protocols().stream().map(JobSettings::format).toList();
        headers.put("Accept", ExpositionFormat.accept(formats, escaping()));
        headers.put("Accept-Encoding", config.enableCompression() ? "gzip" : "identity");
        headers.put("User-Agent", USER_AGENT);
        BigDecimal seconds = BigDecimal.valueOf(timeout.toNanos(), 9).stripTrailingZeros();
        headers.put("X-Prometheus-Scrape-Timeout-Seconds", seconds.toPlainString());
        return headers;
    }

    private NameEscaping escaping() {
        for (NameEscaping escaping : NameEscaping.values()) {
            if (escaping.label().equals(config.escaping().label())) {
                return escaping;
            }
        }
        throw new IllegalStateException("escaping scheme " + config.escaping() + " (expected: one of NameEscaping)");
    }

    @Nullable
    ExpositionFormat fallback() {
        return config.fallbackProtocol().map(JobSettings::format).orElse(null);
    }

    private static ExpositionFormat format(ScrapeProtocol protocol) {
        ExpositionFormat format = ExpositionFormat.ofProtocol(protocol.label());
        if (format == null) {
            throw new IllegalStateException("protocol " + protocol + " (expected: a format there is a parser of)");
        }
        return format;
    }
}
