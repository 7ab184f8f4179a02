package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.MetricFamily;
import io.lightvessel.gateway.exposition.MetricType;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The series that say how a target's scrapes go. Their symbols are the first ones of the target's, so that a request with
 * nothing else takes none of the others along.
 */
final class Report {
    private static final String SCRAPES = "scrape_";

    private static final List<MetricFamily> ALWAYS = List.of(
            gauge("up", "Health of the scrape target. 1 means the target is healthy, 0 if the scrape failed."),
            gauge(SCRAPES + "duration_seconds", "Duration of the last scrape in seconds."),
            gauge(SCRAPES + "samples_scraped", "Number of samples last scraped."),
            gauge(
                    SCRAPES + "samples_post_metric_relabeling",
                    "Number of samples remaining after metric relabeling was applied."),
            gauge(SCRAPES + "series_added", "Number of series in the last scrape."));
    private static final List<MetricFamily> EXTRA = List.of(
            gauge(SCRAPES + "timeout_seconds", "The configured scrape timeout for a target."),
            gauge(
                    SCRAPES + "sample_limit",
                    "The configured sample limit for a target. Returns zero if there is no limit configured."),
            gauge(
                    SCRAPES + "body_size_bytes",
                    "The uncompressed size of the last scrape response, if successful. Scrapes failing because"
                            + " body_size_limit is exceeded report -1, other scrape failures report 0."));

    private final ProtoWriter pieces = new ProtoWriter(512);
    private final int[] ends;

    Report(Map<String, String> targetLabels, boolean extra, SymbolStore symbols) {
        List<MetricFamily> all =
                extra ? Stream.concat(ALWAYS.stream(), EXTRA.stream()).toList() : ALWAYS;
        ends = new int[all.size()];
        LabelBuffer labels = new LabelBuffer();
        LabelEncoder encoder = new LabelEncoder();
        FamilyStore own = new FamilyStore(symbols);
        for (int i = 0; i < ends.length; i++) {
            labels.clear();
            targetLabels.forEach(labels::set);
            labels.set(LabelBuffer.NAME, all.get(i).name());
            labels.sort();
            encoder.intern(labels, symbols);
            ProtoWriter piece = encoder.encode();
            pieces.raw(piece.array(), 0, piece.size());
            byte[] metadata = own.metadata(own.id(all.get(i)));
            pieces.raw(metadata, 0, metadata.length);
            ends[i] = pieces.size();
        }
    }

    /** Prometheus says units, too; but where OTLP is made of it, they would become part of the names. */
    private static MetricFamily gauge(String name, String help) {
        return new MetricFamily(name, MetricType.GAUGE, "", help);
    }

    int count() {
        return ends.length;
    }

    byte[] pieces() {
        return pieces.array();
    }

    int piece(int series) {
        return series == 0 ? 0 : ends[series - 1];
    }

    int pieceLength(int series) {
        return ends[series] - piece(series);
    }
}
