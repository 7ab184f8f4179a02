package io.lightvessel.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.scrape.DrivenReceiver;
import io.lightvessel.gateway.series.SeriesToOtlp;
import io.lightvessel.gateway.testing.Answered;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Injector;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ReceiverFactory;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The real exporter in the real engine, what is sent through it, and a receiver that notes what arrives. */
final class SenderUnderTest implements AutoCloseable {

    /** In which form a payload comes to the exporter; what leaves is the same. */
    enum Form {
        SERIES,
        OTLP,
        /** The real receiver scrapes a target that tells it. */
        SCRAPED
    }

    final StrictReceiver receiver;
    final Form form;
    private final GatewayComponents components;
    private final Injector injector = new Injector();
    private final DrivenReceiver driven;
    private String more = "";
    private final Engine engine;
    private String url;

    SenderUnderTest(Form form, GatewayComponents components) throws IOException {
        this.form = form;
        ReceiverFactory real = components.receivers().stream()
                .filter(factory -> factory.type().equals("prometheus"))
                .findFirst()
                .orElseThrow();
        this.driven = new DrivenReceiver(real, Instant.ofEpochMilli(SenderContentCases.T));
        driven.knowNow("localhost:9090");
        this.components = components;
        this.receiver = new StrictReceiver();
        receiver.reportsApart = form == Form.SCRAPED;
        this.url = receiver.url();
        this.engine = Engine.create(
                new EngineOptions(64 << 20, Duration.ofMillis(200), "1.0", "test"),
                new ComponentFactories(
                        List.of(injector, driven),
                        List.of(),
                        components.exporters(),
                        List.of(),
                        components.converters()));
        configure("");
    }

    /** Sends to another place from now on. */
    SenderUnderTest to(String elsewhere) {
        url = elsewhere;
        configure("");
        return this;
    }

    /** Applies a config with more keys of the exporter. */
    SenderUnderTest configure(String given) {
        more = given;
        boolean scraped = form == Form.SCRAPED;
        String source = scraped
                ? driven.settings("test", "scrape_native_histograms: true, always_scrape_classic_histograms: true,")
                : "otlp: {protocols: {grpc: }}";
        String retry = more.contains("retry_on_failure")
                ? ""
                : ", retry_on_failure: {initial_interval: 10ms, max_interval: 20ms}";
        String deadline = more.contains("batch_send_deadline") ? "" : ", batch_send_deadline: 0s";
        ApplyOutcome outcome = engine.apply(Engines.parse("""
                receivers:
                  %s
                exporters:
                  prometheusremotewrite: {endpoint: "%s", translation_strategy: NoTranslation,
                    disable_scope_info: true, target_info: {enabled: false}%s%s%s}
                service:
                  pipelines: {metrics: {receivers: [%s], exporters: [prometheusremotewrite]}}
                """.formatted(
                source, url, more.isEmpty() ? "" : ", " + more, retry, deadline, scraped ? "prometheus" : "otlp")));
        assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
        return this;
    }

    /** Hands over a scrape; returns when it is queued. */
    SenderUnderTest send(Scrape scrape) throws Exception {
        return send(scrape, 1);
    }

    SenderUnderTest send(Scrape scrape, long order) throws Exception {
        if (form == Form.SCRAPED) {
            if (driven.knowNow(scrape.label("instance"))) {
                configure(more);
            }
            driven.scrape(scrape.label("instance"), Answered.of(scrape), Instant.ofEpochMilli(scrape.time()));
            return this;
        }
        Refusal refusal = injector.send(payload(scrape, order)).get();
        assertThat(refusal).isNull();
        return this;
    }

    /** Lets the target be scraped while it answers this. */
    SenderUnderTest answer(String text) throws InterruptedException {
        driven.scrape("localhost:9090", Answered.text(text), Instant.ofEpochMilli(SenderContentCases.T));
        return this;
    }

    private Payload payload(Scrape scrape, long order) throws MalformedPayload {
        Payload series = scrape.payload(order);
        if (form == Form.SERIES) {
            return series;
        }
        try {
            ByteBuf otlp = new SeriesToOtlp().toOtlp(series);
            return Payload.walk(Signal.METRICS, otlp);
        } finally {
            series.release();
        }
    }

    FlowSnapshot.Ledger ledger() {
        return engine.flow().pipelines().getFirst();
    }

    /** Waits until everything that was sent has ended in one way or another. */
    SenderUnderTest settle() throws InterruptedException {
        driven.awaitEverythingGone();
        await(() -> ledger().isBalanced() && ledger().queued().isZero());
        return this;
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as("within half a minute").isTrue();
    }

    /** Sends a scrape and returns the series that arrived, as lines. */
    List<String> lines(Scrape scrape) throws Exception {
        send(scrape).settle();
        assertDelivered();
        return receiver.lines();
    }

    /** The one line of a metric. */
    String line(Scrape scrape, String name) throws Exception {
        return only(lines(scrape), name);
    }

    static String only(List<String> lines, String name) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(name + "{")).toList();
        assertThat(found).as(name + " among " + lines).hasSize(1);
        return found.getFirst();
    }

    void assertDelivered() {
        assertThat(ledger().dropped()).isEmpty();
        assertThat(ledger().delivered()).isEqualTo(ledger().received());
    }

    /** Lines of 1.0 without those that the scraper added. */
    List<String> ofTarget(List<String> lines) {
        return receiver.reportsApart
                ? lines.stream().filter(line -> !WrittenV2.isReport(line)).toList()
                : lines;
    }

    /** Records that came in: of a scrape, what it says of itself too. */
    long sent() {
        return ledger().received().records();
    }

    long delivered() {
        return ledger().delivered().records();
    }

    /** Records that were given up. */
    long dropped() {
        return ledger().dropped().values().stream()
                .mapToLong(count -> count.records())
                .sum();
    }

    /** What the config's checks say to an endpoint. */
    static String findings(String endpoint) {
        try {
            Engines.parse("""
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {prometheusremotewrite: {endpoint: "%s"}}
                    service:
                      pipelines: {metrics: {receivers: [otlp], exporters: [prometheusremotewrite]}}
                    """.formatted(endpoint));
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    String lastError() {
        return String.valueOf(engine.flow().destinations().getFirst().lastError());
    }

    @Override
    public void close() {
        engine.close();
        driven.close();
        receiver.close();
    }
}
