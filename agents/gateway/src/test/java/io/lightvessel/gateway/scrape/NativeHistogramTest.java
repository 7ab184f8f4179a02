package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.exposition.Families;
import io.lightvessel.gateway.testing.ManualTimer;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Counter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Native histograms, exemplars and start times from a target that speaks protobuf to the bytes of a 2.0 request. */
class NativeHistogramTest {
    private final ManualTimer timer = new ManualTimer();
    private ScriptedTarget target;
    private ReceiverKit kit;

    @BeforeEach
    void start() throws Exception {
        timer.setClock(Instant.parse("2026-11-27T10:00:00Z"));
        target = new ScriptedTarget();
        target.contentType =
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    }

    @AfterEach
    void stop() {
        target.close();
        kit.close();
    }

    private void run(String more) throws Exception {
        kit = new ReceiverKit(
                timer,
                "{job_name: j, scrape_interval: 10s, scrape_native_histograms: true, %s static_configs: [{targets: ['%s']}]}"
                        .formatted(more, target.address()));
        kit.awaitPlan();
    }

    /** The lines without what the target's own labels add. */
    private List<String> scrape(MetricFamily.Builder... families) throws Exception {
        target.body = Families.delimited(families);
        List<String> lines = kit.scrape();
        assertThat(kit.context.budget.used()).isZero();
        return lines.stream()
                .map(line -> line.replace("instance=\"" + target.address() + "\",job=\"j\"", "T"))
                .toList();
    }

    private long time() {
        return kit.snapshot().lastScrape().toEpochMilli();
    }

    private MetricFamily.Builder histogram(Histogram.Builder histogram) {
        return Families.histogram("h", histogram);
    }

    @Test
    void aHistogramArrivesWithItsExemplarsAndStart() throws Exception {
        run("");
        List<String> lines = scrape(histogram(Families.integers()
                .setCreatedTimestamp(Families.time(3))
                .addExemplars(Families.exemplar("late", 1.5, 1800))
                .addExemplars(Families.exemplar("early", 0.3, 1700))
                .addExemplars(Families.exemplar("timeless", 9, 0))));
        assertThat(target.accepts).startsWith("application/vnd.google.protobuf");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("h{a=\"b\",T} histogram")
                .contains(" 3=10.5 ", " 15=" + time() + " ", " 17=3005 ")
                .contains(" # {trace_id=\"early\"} 0.3@1700005 # {trace_id=\"late\"} 1.5@1800005")
                .doesNotContain("timeless")
                .endsWith(" [histogram|Help \\ of h]");
        assertThat(lines.getLast()).startsWith("up 1.0");
    }

    @Test
    void countersHaveExemplarsAndStartsToo() throws Exception {
        run("");
        List<String> lines = scrape(Families.family("c_total", MetricType.COUNTER)
                .addMetric(Families.metric("a", "b")
                        .setCounter(Counter.newBuilder()
                                .setValue(7)
                                .setCreatedTimestamp(Families.time(3))
                                .setExemplar(Families.exemplar("t", 2, 1700)))));
        assertThat(lines.getFirst())
                .isEqualTo("c_total{a=\"b\",T} 7.0@" + time()
                        + "/3005 # {trace_id=\"t\"} 2.0@1700005 [counter|Help \\ of c_total]");
    }

    /** Buckets that are not empty: -1, 0, 3 and 5 with 2, 3, 1 and 3 observations, and a negative one. */
    @Test
    void bucketsBeyondTheLimitAreMergedUntilTheyFit() throws Exception {
        run("native_histogram_bucket_limit: 5,");
        assertThat(scrape(histogram(Families.integers())).getFirst()).contains(" 4=0 ", " 12=4,2,3,4 ");
        kit.close();
        run("native_histogram_bucket_limit: 4,");
        // Schema -1, twice itself plus 1 as a varint: 0, 2 and 3 with 5, 1 and 3.
        assertThat(scrape(histogram(Families.integers())).getFirst())
                .contains(" 3=10.5 ")
                .contains(" 4=1 ")
                .contains(" 9=2 ")
                .contains(" 12=10,7,4 ");
        kit.close();
        run("native_histogram_bucket_limit: 3,");
        // Schema -3: 0 and 1 with 5 and 4.
        assertThat(scrape(histogram(Families.integers())).getFirst()).contains(" 4=5 ", " 9=2 ", " 12=10,1 ");
    }

    @Test
    void aHistogramThatCannotBecomeSmallEnoughFailsTheScrape() throws Exception {
        run("native_histogram_bucket_limit: 2,");
        assertThat(scrape(histogram(Families.integers()), Families.counter("c_total", 1)))
                .containsExactly("up 0.0@" + time());
        assertThat(kit.snapshot().error())
                .isEqualTo("native_histogram_bucket_limit exceeded: more than 2 buckets at the coarsest resolution");
        assertThat(scrape(Families.counter("c_total", 1))).hasSize(2).last().isEqualTo("up 1.0@" + time());
    }

    @Test
    void bucketsThatGrowByLessThanTheFactorAreMerged() throws Exception {
        // 2 is schema 0, and 4 schema -1; integers have schema 0, floats 3.
        run("native_histogram_min_bucket_factor: 4,");
        assertThat(scrape(histogram(Families.integers())).getFirst()).contains(" 4=1 ", " 12=10,7,4 ");
        kit.close();
        run("native_histogram_min_bucket_factor: 2,");
        assertThat(scrape(histogram(Families.integers())).getFirst()).contains(" 4=0 ", " 12=4,2,3,4 ");
        // Indices 4 and 5 of schema 3 lie within (1, 2]: one bucket with index 1.
        assertThat(scrape(histogram(Families.floats())).getFirst()).contains(" 4=0 ", " 11=8,2,16,1 ");
    }

    @Test
    void aHistogramThatVanishesIsMarkedByASumThatSaysSo() throws Exception {
        run("");
        scrape(histogram(Families.integers()));
        List<String> lines = scrape(Families.counter("c_total", 1));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .isEqualTo("h{a=\"b\",T} histogram 1=0 3=stale 15=" + time() + " [histogram|Help \\ of h]");
        assertThat(scrape(Families.counter("c_total", 1))).hasSize(2);
    }

    @Test
    void classicBucketsComeBesidesWhenTheJobSaysSo() throws Exception {
        run("always_scrape_classic_histograms: true,");
        List<String> lines = scrape(histogram(Families.both()));
        assertThat(lines).anyMatch(line -> line.startsWith("h{")).anyMatch(line -> line.startsWith("h_bucket{"));
    }
}
