package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.SeriesLines;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key of a job's config does to what a target answers, from the config to the request. */
class JobKeysTest {
    private static final String TEXT = "text/plain; version=0.0.4";
    private static final String OPEN = "application/openmetrics-text; version=1.0.0";

    /**
     * A job and its target.
     *
     * @param keys in YAML's flow style
     * @param answers one for each scrape
     * @param lines of the last one, {@code T} for the target's labels and {@code @} for the slot's time
     * @param error that the last one ended with, or a part of it
     */
    private record Case(
            String name, String keys, String contentType, List<String> answers, List<String> lines, String error) {

        static Case of(String name, String keys) {
            return new Case(name, keys, TEXT, List.of(), List.of(), "");
        }

        Case type(String type) {
            return new Case(name, keys, type, answers, lines, error);
        }

        Case answers(String... bodies) {
            return new Case(name, keys, contentType, List.of(bodies), lines, error);
        }

        Case gives(String... expected) {
            return new Case(name, keys, contentType, answers, List.of(expected), error);
        }

        Case fails(String message) {
            return new Case(name, keys, contentType, answers, lines, message);
        }

        @Override
        public String toString() {
            return name + " {" + keys + "}";
        }
    }

    private final ManualTimer timer = new ManualTimer();
    private ScriptedTarget target;
    private ReceiverKit kit;

    @BeforeEach
    void start() throws Exception {
        timer.setClock(Instant.parse("2026-11-27T10:00:00Z"));
        target = new ScriptedTarget();
    }

    @AfterEach
    void stop() {
        kit.close();
        target.close();
    }

    static Stream<Case> cases() {
        return Stream.of(labels(), times(), limits(), formats(), rules()).flatMap(List::stream);
    }

    private static List<Case> labels() {
        return List.of(
                Case.of("the target's labels win", "")
                        .answers("a{job=\"x\",instance=\"i\",exported_job=\"e\"} 1\n")
                        .gives("a{exported_exported_job=\"x\",exported_instance=\"i\",exported_job=\"e\",T} 1.0@"),
                Case.of("a label without a value is in nobody's way", "")
                        .answers("a{job=\"\",b=\"\"} 1\n")
                        .gives("a{T} 1.0@"),
                Case.of("what the answer says wins", "honor_labels: true")
                        .answers("a{job=\"x\"} 1\nb 2\n")
                        .gives("a{I,job=\"x\"} 1.0@", "b{T} 2.0@"),
                Case.of("also when it says that there is none, as Pushgateways do", "honor_labels: true")
                        .answers("a{instance=\"\"} 1\n")
                        .gives("a{job=\"j\"} 1.0@"),
                Case.of("a label twice is no series", "")
                        .answers("a{b=\"1\",b=\"2\"} 1\n")
                        .fails("label 'b' a second time"),
                Case.of("of duplicates the first counts", "")
                        .answers("a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 3\n")
                        .gives("a{b=\"1\",c=\"2\",T} 1.0@"),
                Case.of("a label of a megabyte is one", "")
                        .answers("a{b=\"" + "v".repeat(1 << 20) + "\"} 1\n")
                        .gives("a{b=\"" + "v".repeat(1 << 20) + "\",T} 1.0@"));
    }

    private static List<Case> times() {
        return List.of(
                Case.of("a sample's own time counts", "")
                        .answers("a 1 1700000000000\n")
                        .gives("a{T} 1.0@1700000000000"),
                Case.of("it does not", "honor_timestamps: false")
                        .answers("a 1 1700000000000\n")
                        .gives("a{T} 1.0@"),
                Case.of("one more than ten minutes ahead is none", "")
                        .answers("a 1 4000000000000\nb 2\n")
                        .gives("b{T} 2.0@"),
                Case.of("a series with a time of its own is not said to end", "")
                        .answers("a 1 1700000000000\n", "")
                        .gives(),
                Case.of("unless that is asked for", "track_timestamps_staleness: true")
                        .answers("a 1 1700000000000\n", "")
                        .gives("a{T} stale@"),
                Case.of("or its time is not honoured", "honor_timestamps: false")
                        .answers("a 1 1700000000000\n", "")
                        .gives("a{T} stale@"),
                Case.of("a counter has its start", "")
                        .type(OPEN)
                        .answers("# TYPE a counter\na_total 1 # {t=\"x\"} 0.5 1.5\na_created 1699999999.5\n# EOF\n")
                        .gives("a_total{T} 1.0@/1699999999500 # {t=\"x\"} 0.5@1500"));
    }

    private static List<Case> limits() {
        return List.of(
                Case.of("as many samples as may be", "sample_limit: 2")
                        .answers("a 1\nb 1\n")
                        .gives("a{T} 1.0@", "b{T} 1.0@"),
                Case.of("one more", "sample_limit: 2")
                        .answers("a 1\nb 1\nc 1\n")
                        .fails("sample_limit exceeded: more than 2"),
                Case.of(
                                "what is dropped does not count",
                                "sample_limit: 1, metric_relabel_configs: [{source_labels: [__name__], regex: b, action: drop}]")
                        .answers("a 1\nb 1\n")
                        .gives("a{T} 1.0@"),
                Case.of("as many labels as may be", "label_limit: 4")
                        .answers("a{b=\"1\"} 1\n")
                        .gives("a{b=\"1\",T} 1.0@"),
                Case.of("one more", "label_limit: 4")
                        .answers("a{b=\"1\",c=\"2\"} 1\n")
                        .fails("label_limit exceeded (metric: a, number of labels: 5, limit: 4)"),
                Case.of("a name as long as may be", "label_name_length_limit: 8")
                        .answers("a{b2345678=\"1\"} 1\n")
                        .gives("a{b2345678=\"1\",T} 1.0@"),
                Case.of("a longer one", "label_name_length_limit: 8")
                        .answers("a{b23456789=\"1\"} 1\n")
                        .fails(
                                "label_name_length_limit exceeded (metric: a, label name: b23456789, length: 9, limit: 8)"),
                Case.of("a value as long as may be", "label_value_length_limit: 30")
                        .answers("a{b=\"" + "v".repeat(30) + "\"} 1\n")
                        .gives("a{b=\"" + "v".repeat(30) + "\",T} 1.0@"),
                Case.of("bytes are counted", "label_value_length_limit: 30")
                        .answers("a{b=\"" + "é".repeat(16) + "\"} 1\n")
                        .fails("label_value_length_limit exceeded (metric: a, label name: b, value: \"" + "é".repeat(16)
                                + "\", length: 32, limit: 30)"),
                Case.of("a long value is not repeated", "label_value_length_limit: 30")
                        .answers("a{b=\"" + "v".repeat(1 << 20) + "\"} 1\n")
                        .fails("value: \"" + "v".repeat(50) + "\", length: 1048576, limit: 30)"),
                Case.of("a body as large as may be", "body_size_limit: 4B")
                        .answers("a 1\n")
                        .gives("a{T} 1.0@"),
                Case.of("a larger one", "body_size_limit: 4B").answers("a 10\n").fails("body_size_limit exceeded"),
                Case.of("what was there ends with a scrape that fails", "sample_limit: 1")
                        .answers("a 1\n", "a 1\nb 1\n")
                        .gives("a{T} stale@")
                        .fails("sample_limit exceeded: more than 1"));
    }

    private static List<Case> formats() {
        return List.of(
                Case.of("a type that is no format's", "")
                        .type("image/png")
                        .answers("a 1\n")
                        .fails("fallback_scrape_protocol"),
                Case.of("no type", "").type("").answers("a 1\n").fails("fallback_scrape_protocol"),
                Case.of("taken for text", "fallback_scrape_protocol: PrometheusText0.0.4")
                        .type("image/png")
                        .answers("a 1\n")
                        .gives("a{T} 1.0@"),
                Case.of("taken for OpenMetrics", "fallback_scrape_protocol: OpenMetricsText1.0.0")
                        .type("")
                        .answers("a 1\n")
                        .fails("EOF"),
                Case.of("a name in UTF-8", "")
                        .answers("{\"a.b\",\"c.d\"=\"e\"} 1\n")
                        .gives("a.b{c.d=\"e\",T} 1.0@"),
                Case.of("it is written as the older rules have it", "metric_name_validation_scheme: legacy")
                        .answers("{\"a.b\",\"c.d\"=\"e\"} 1\n")
                        .gives("a_b{c_d=\"e\",T} 1.0@"),
                Case.of("as it was asked for", "metric_name_escaping_scheme: dots")
                        .answers("{\"a.b\"} 1\na_c 2\n")
                        .gives("a_dot_b{T} 1.0@", "a_c{T} 2.0@"),
                Case.of("classic buckets become native", "convert_classic_histograms_to_nhcb: true")
                        .answers(
                                "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 3\na_sum 9\na_count 3\n")
                        .gives("a{T} histogram"),
                Case.of("and stay", "convert_classic_histograms_to_nhcb: true, always_scrape_classic_histograms: true")
                        .answers("# TYPE a histogram\na_bucket{le=\"+Inf\"} 3\na_sum 9\na_count 3\n")
                        .gives("a_bucket{T,le=\"+Inf\"} 3.0@", "a_sum{T} 9.0@", "a_count{T} 3.0@", "a{T} histogram"));
    }

    private static List<Case> rules() {
        String rule = "metric_relabel_configs: [{%s}]";
        return List.of(
                Case.of("dropped", rule.formatted("source_labels: [__name__], regex: 'b.*', action: drop"))
                        .answers("a 1\nb 2\nbc 3\n")
                        .gives("a{T} 1.0@"),
                Case.of("renamed", rule.formatted("source_labels: [b], target_label: __name__"))
                        .answers("a{b=\"c\"} 1\n")
                        .gives("c{b=\"c\",T} 1.0@"),
                Case.of("two made one", rule.formatted("regex: b, action: labeldrop"))
                        .answers("a{b=\"1\"} 1\na{b=\"2\"} 2\n")
                        .gives("a{T} 1.0@"),
                Case.of("the target's labels gone", rule.formatted("regex: '__name__|b', action: labelkeep"))
                        .answers("a{b=\"1\"} 1\n")
                        .gives("a{b=\"1\"} 1.0@"),
                Case.of("a name that is gone", rule.formatted("regex: __name__, action: labeldrop"))
                        .answers("a 1\n")
                        .fails("a series without a name after relabelling"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keyDoesWhatItSays(Case one) throws Exception {
        target.contentType = one.contentType();
        run(one.keys());
        List<String> lines = List.of();
        for (String answer : one.answers()) {
            target.say(answer);
            lines = kit.scrape();
        }
        assertThat(kit.snapshot().error()).contains(one.error()).hasSizeLessThan(300);
        if (one.error().isEmpty()) {
            assertThat(kit.snapshot().error()).isEmpty();
        }
        List<String> expected = new ArrayList<>(one.lines());
        expected.add("up " + (one.error().isEmpty() ? "1.0@" : "0.0@"));
        assertThat(lines.stream().map(this::plain)).containsExactlyElementsOf(expected);
        assertThat(kit.context.budget.used()).isZero();
    }

    private void run(String keys) throws Exception {
        kit = new ReceiverKit(
                timer,
                "{job_name: j, scrape_interval: 10s, scrape_timeout: 7s, %s static_configs: [{targets: ['%s']}]}"
                        .formatted(keys.isEmpty() ? "" : keys + ",", target.address()));
        kit.awaitPlan();
    }

    private String plain(String line) {
        String instance = "instance=\"" + target.address() + "\"";
        String slot = "@" + kit.snapshot().lastScrape().toEpochMilli();
        return line.replaceFirst(" \\[[^]]*]$", "")
                .replaceFirst(" histogram.*", " histogram")
                .replace(instance + ",job=\"j\"", "T")
                .replace(instance, "I")
                .replace(slot, "@");
    }

    /** All series about a scrape, without their labels. */
    private List<String> report() throws Exception {
        timer.advanceTo(kit.nextSlot());
        List<String> lines = SeriesLines.of(kit.context.next().bytes());
        kit.awaitIdle();
        return lines.stream()
                .filter(line -> line.startsWith("scrape_") || line.startsWith("up{"))
                .map(line -> line.replaceFirst("\\{.*} ", " ").replaceFirst("@.*", ""))
                .toList();
    }

    @Test
    void whatAScrapeSaysOfItselfIsTrue() throws Exception {
        String rule = "metric_relabel_configs: [{source_labels: [__name__], regex: b, action: drop}]";
        run("extra_scrape_metrics: true, sample_limit: 9, body_size_limit: 100B, " + rule);
        target.say("a 1\nb 2\nc{d=\"é\"} 3\n");
        assertThat(report())
                .contains(
                        "up 1.0",
                        "scrape_samples_scraped 3.0",
                        "scrape_samples_post_metric_relabeling 2.0",
                        "scrape_series_added 2.0",
                        "scrape_timeout_seconds 7.0",
                        "scrape_sample_limit 9.0",
                        "scrape_body_size_bytes " + (double) target.body.length)
                .hasSize(8);
        assertThat(target.timeout).isEqualTo("7");
        target.say("a 1\n");
        assertThat(report()).contains("scrape_samples_scraped 1.0", "scrape_series_added 0.0");
        target.say("x".repeat(101));
        assertThat(report()).contains("up 0.0", "scrape_samples_scraped 0.0", "scrape_body_size_bytes -1.0");
        target.say("a{ 1\n");
        assertThat(report()).contains("up 0.0", "scrape_body_size_bytes 5.0");
    }

    @Test
    void targetsAreAskedForWhatTheJobWants() throws Exception {
        run("metric_name_escaping_scheme: underscores, scrape_protocols: [PrometheusText1.0.0, OpenMetricsText1.0.0]");
        target.body = "a 1\n".getBytes(StandardCharsets.UTF_8);
        kit.scrape();
        assertThat(target.accepts)
                .startsWith("text/plain;version=1.0.0;escaping=underscores;q=")
                .contains("application/openmetrics-text;version=1.0.0;escaping=underscores;q=")
                .endsWith("; gzip");
    }

    @Test
    void tooManyTargetsFailEachScrape() throws Exception {
        kit = new ReceiverKit(
                timer,
                "{job_name: j, scrape_interval: 10s, target_limit: 1, static_configs: [{targets: ['%s', 'other:1']}]}"
                        .formatted(target.address()));
        kit.awaitPlan();
        assertThat(kit.scrape()).singleElement().asString().startsWith("up 0.0@");
        assertThat(kit.scrape()).singleElement().asString().startsWith("up 0.0@");
        assertThat(kit.snapshot().error()).contains("target_limit exceeded");
        assertThat(target.asked).hasValue(0);
    }
}
