package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scraped series on their way out, against a receiver that checks every request. */
class SeriesRemoteWriteTest {
    private static final long T = 1_700_000_000_000L;

    private StrictReceiver receiver;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        receiver = new StrictReceiver();
        exporter = exporter(", batch_send_deadline: 0s");
    }

    @AfterEach
    void everyRequestIsAsTheSpecificationDemands() {
        exporter.stop(Duration.ofSeconds(1));
        receiver.close();
        assertThat(receiver.must).as("MUST").isEmpty();
    }

    private Exporter exporter(String more) throws ComponentFailure {
        return new RemoteWriteExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("prometheusremotewrite", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "prometheusremotewrite",
                                "prometheusremotewrite: {endpoint: \"" + receiver.url() + "\"" + more + "}"),
                        null)
                .component();
    }

    private static Scrape scrape(String instance) {
        Scrape scrape = Scrape.of("shop", instance);
        scrape.series(Scrape.COUNTER, "requests_total", "code", "200")
                .help("Requests.")
                .since(T - 1000)
                .value(3)
                .exemplar(1, T - 1, "trace_id", "abc")
                .end();
        scrape.series(Scrape.HISTOGRAM, "h_bucket", "le", "+Inf")
                .unit("seconds")
                .value(1)
                .end();
        scrape.series(Scrape.HISTOGRAM, "h_count").unit("seconds").value(1).end();
        scrape.series(Scrape.HISTOGRAM, "n")
                .since(T - 1000)
                .histogram(out -> {
                    out.writeUInt64(1, 2);
                    out.writeDouble(3, 4);
                    out.writeSInt32(4, 3);
                })
                .end();
        return scrape.gauge("gone", Scrape.STALE);
    }

    private static List<String> lines(String instance, String more) {
        String rest = more + "instance=\"" + instance + "\",job=\"shop\"";
        return List.of(
                "requests_total{" + sorted("code=\"200\"", rest) + "} 3.0@" + T + " since " + (T - 1000)
                        + " # {trace_id=\"abc\"} 1.0@" + (T - 1) + " [counter|Requests.|]",
                "h_bucket{" + rest + ",le=\"+Inf\"} 1.0@" + T + " [histogram||seconds]",
                "h_count{" + rest + "} 1.0@" + T + " [histogram||seconds]",
                "n{" + rest + "} histogram 2@" + T + " since " + (T - 1000) + " [histogram||]",
                "gone{" + rest + "} stale@" + T + " [gauge||]");
    }

    private static String sorted(String label, String rest) {
        List<String> all = new ArrayList<>(List.of(rest.split(",")));
        all.add(label);
        all.sort(null);
        return String.join(",", all);
    }

    private static byte[] unpacked(byte[] body) {
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(body), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        return bytes;
    }

    @Test
    void whatNeedNotBeChangedGoesOutByteForByte() throws Exception {
        Payload payload = scrape("a:1").payload();
        byte[] bytes = scrape("a:1").toByteArray();
        assertThat(export(exporter, payload)).isEqualTo("delivered");
        assertThat(unpacked(receiver.bodies.getFirst())).isEqualTo(bytes);
        assertThat(receiver.lines()).containsExactlyElementsOf(lines("a:1", ""));
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void externalLabelsAreInsertedInOrderUnlessTheyAreThere() throws Exception {
        Exporter labelling =
                exporter(", batch_send_deadline: 0s, external_labels: {cluster: eu, job: other, zz: last}");
        assertThat(export(labelling, scrape("a:1").payload())).isEqualTo("delivered");
        assertThat(receiver.lines().get(0))
                .startsWith(
                        "requests_total{cluster=\"eu\",code=\"200\",instance=\"a:1\",job=\"shop\",zz=\"last\"} 3.0");
        assertThat(receiver.lines().get(1))
                .startsWith("h_bucket{cluster=\"eu\",instance=\"a:1\",job=\"shop\",le=\"+Inf\",zz=\"last\"} 1.0");
        assertThat(receiver.lines()).hasSize(5);
        assertThat(receiver.should).noneMatch(remark -> remark.contains("not referred to"));
        labelling.stop(Duration.ZERO);
    }

    @Test
    void largePayloadsAreSplitAndSentOneAfterAnother() throws Exception {
        Exporter splitting = exporter(", batch_send_deadline: 0s, max_batch_size_bytes: 1024");
        Scrape many = Scrape.of("shop", "a:1");
        for (int i = 0; i < 200; i++) {
            many.gauge("g", i, "n", "number " + i);
        }
        assertThat(export(splitting, many.payload())).isEqualTo("delivered");
        assertThat(receiver.lines()).hasSize(200);
        assertThat(receiver.lines().get(137)).contains("number 137").contains(" 137.0@");
        assertThat(receiver.bodies).hasSizeGreaterThan(5);
        assertThat(receiver.bodies.stream().map(SeriesRemoteWriteTest::unpacked))
                .allMatch(body -> body.length < 1200);
        splitting.stop(Duration.ZERO);
    }

    @Test
    void aRetryOfAPayloadGoesOnWhereItEnded() throws Exception {
        Exporter splitting = exporter(", batch_send_deadline: 0s, max_batch_size_bytes: 1024");
        Scrape many = Scrape.of("shop", "a:1");
        for (int i = 0; i < 40; i++) {
            many.gauge("g", i, "n", "number " + i);
        }
        receiver.answers.add(StrictReceiver::all);
        receiver.answer(503, Map.of("Retry-After", "7"), "later");
        Payload payload = many.payload();
        payload.retain();
        assertThat(export(splitting, payload)).isEqualTo("retryable after PT7S: HTTP status 503: later");
        int before = receiver.written.get(0).lines.size();
        receiver.written.clear();
        assertThat(export(splitting, payload)).isEqualTo("delivered");
        assertThat(receiver.lines()).hasSize(40 - before);
        splitting.stop(Duration.ZERO);
    }

    @Test
    void receiversOfTheOlderVersionGetTextsInsteadOfNumbers() throws Exception {
        receiver.answer(415, Map.of(), "what is this");
        Exporter describing =
                exporter(", batch_send_deadline: 0s, send_metadata: true, external_labels: {cluster: eu}");
        assertThat(export(describing, scrape("a:1").payload())).isEqualTo("delivered");
        assertThat(Written.lines(receiver.bodies.get(1)))
                .containsExactly(
                        "requests_total{cluster=\"eu\",code=\"200\",instance=\"a:1\",job=\"shop\"} 3.0@" + T,
                        "h_bucket{cluster=\"eu\",instance=\"a:1\",job=\"shop\",le=\"+Inf\"} 1.0@" + T,
                        "h_count{cluster=\"eu\",instance=\"a:1\",job=\"shop\"} 1.0@" + T,
                        "n{cluster=\"eu\",instance=\"a:1\",job=\"shop\"} histogram[1, 3, 4, 15]",
                        "gone{cluster=\"eu\",instance=\"a:1\",job=\"shop\"} stale@" + T);
        assertThat(Written.metadata(receiver.bodies.get(1)))
                .containsExactly("requests_total 1 Requests. ", "h 3  seconds", "n 3  ", "gone 2  ");
        assertThat(export(describing, scrape("b:1").payload())).isEqualTo("delivered");
        assertThat(receiver.headers.getLast()).containsEntry("X-prometheus-remote-write-version", "0.1.0");
        describing.stop(Duration.ZERO);
    }

    private List<RecordedDelivery> sendAll(Exporter to, int count) {
        List<RecordedDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RecordedDelivery delivery = new RecordedDelivery();
            deliveries.add(delivery);
            to.export(scrape("t" + i + ":1").payload(i), delivery);
        }
        return deliveries;
    }

    @Test
    void smallTargetsShareARequest() throws Exception {
        Exporter gathering = exporter(", batch_send_deadline: 200ms");
        List<RecordedDelivery> deliveries = sendAll(gathering, 1000);
        for (RecordedDelivery delivery : deliveries) {
            assertThat(delivery.await()).isEqualTo("delivered");
        }
        assertThat(receiver.bodies).hasSizeLessThan(5);
        assertThat(receiver.lines()).hasSize(5000);
        assertThat(receiver.lines()).containsAll(lines("t0:1", "")).containsAll(lines("t999:1", ""));
        gathering.stop(Duration.ZERO);
    }

    @Test
    void aSharedRequestThatFailsIsEachOnesOwnToRetry() throws Exception {
        Exporter gathering = exporter(", batch_send_deadline: 100ms");
        receiver.answer(503, Map.of(), "later");
        for (RecordedDelivery delivery : sendAll(gathering, 3)) {
            assertThat(delivery.await()).isEqualTo("retryable: HTTP status 503: later");
        }
        receiver.answer(401, Map.of(), "who are you");
        for (RecordedDelivery delivery : sendAll(gathering, 3)) {
            assertThat(delivery.await()).isEqualTo("permanent: HTTP status 401: who are you");
        }
        gathering.stop(Duration.ZERO);
    }

    @Test
    void whatAReceiverRejectsOfASharedRequestIsShared() throws Exception {
        Exporter gathering = exporter(", batch_send_deadline: 100ms");
        receiver.answers.add(request -> StrictReceiver.counted(400, 8, 3, 3, "out of order"));
        List<String> outcomes = new ArrayList<>();
        for (RecordedDelivery delivery : sendAll(gathering, 3)) {
            outcomes.add(delivery.await());
        }
        String message = "11 of 15 samples written, HTTP status 400: out of order";
        assertThat(outcomes)
                .containsExactly("rejected 1: " + message, "rejected 1: " + message, "rejected 2: " + message);
        gathering.stop(Duration.ZERO);
    }

    @Test
    void aSharedRequestFallsBackAsAWhole() throws Exception {
        Exporter gathering = exporter(", batch_send_deadline: 100ms");
        receiver.answer(415, Map.of(), "");
        for (RecordedDelivery delivery : sendAll(gathering, 3)) {
            assertThat(delivery.await()).isEqualTo("delivered");
        }
        assertThat(receiver.bodies).hasSize(2);
        assertThat(Written.lines(receiver.bodies.get(1))).hasSize(15);
        gathering.stop(Duration.ZERO);
    }

    @Test
    void stoppingSendsWhatWasGathered() throws Exception {
        Exporter gathering = exporter(", batch_send_deadline: 1h");
        List<RecordedDelivery> deliveries = sendAll(gathering, 2);
        gathering.stop(Duration.ofSeconds(20));
        for (RecordedDelivery delivery : deliveries) {
            assertThat(delivery.await()).isEqualTo("delivered");
        }
    }

    @Test
    void anEmptyScrapeNeedsNoRequest() throws Exception {
        assertThat(export(exporter, new Scrape().payload())).isEqualTo("delivered");
        assertThat(receiver.bodies).isEmpty();
    }

    @Test
    void whatIsNotWrittenIsTold() throws Exception {
        receiver.answers.add(request -> StrictReceiver.counted(204, 1, 1, 1, ""));
        assertThat(export(exporter, scrape("a:1").payload()))
                .isEqualTo("rejected 3: 2 of 5 samples written, HTTP status 204");
    }
}
