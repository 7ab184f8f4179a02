package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.FlowSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What the agent is and how full it is. */
final class StatusView {
    private static final int MOST_SOURCES = 20;

    private final Insight insight;
    private final AboutAgent about;
    private final Rates rates;
    private final boolean signedIn;
    private final Clock clock;

    /** @param signedIn whether there is a session that can be ended */
    StatusView(Insight insight, AboutAgent about, Rates rates, boolean signedIn, Clock clock) {
        this.insight = insight;
        this.about = about;
        this.rates = rates;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    void write(JsonGenerator json) {
        Instant now = clock.instant();
        Rates.View view = rates.look();
        json.writeStartObject();
        json.writeStringProperty("name", about.name());
        json.writeStringProperty("instance", about.instance());
        json.writeStringProperty("version", about.version());
        json.writeStringProperty("java", Runtime.version().toString());
        json.writeStringProperty("role", about.role());
        json.writeBooleanProperty("signedIn", signedIn);
        json.writeStringProperty("started", about.started().toString());
        json.writeStringProperty("time", now.toString());
        json.writeNumberProperty(
                "uptimeSeconds", Duration.between(about.started(), now).toSeconds());
        json.writeBooleanProperty("configured", insight.runningConfig().isPresent());
        HealthJson.write(json, insight.healthTree());
        notes(json);
        memory(json);
        queues(json, view);
        sources(json, view);
        json.writeEndObject();
    }

    private void notes(JsonGenerator json) {
        json.writeName("notes");
        json.writeStartArray();
        about.notes().get().forEach((topic, problem) -> {
            json.writeStartObject();
            json.writeStringProperty("topic", topic);
            json.writeBooleanProperty("healthy", problem.isEmpty());
            problem.ifPresent(text -> json.writeStringProperty("error", text));
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private void memory(JsonGenerator json) {
        json.writeName("budget");
        json.writeStartObject();
        json.writeNumberProperty("used", insight.budget().used());
        json.writeNumberProperty("capacity", insight.budget().capacity());
        json.writeEndObject();
        Runtime runtime = Runtime.getRuntime();
        json.writeName("heap");
        json.writeStartObject();
        json.writeNumberProperty("used", runtime.totalMemory() - runtime.freeMemory());
        json.writeNumberProperty("capacity", runtime.maxMemory());
        json.writeEndObject();
    }

    private static void queues(JsonGenerator json, Rates.View view) {
        json.writeName("queues");
        json.writeStartArray();
        view.now().destinations().stream()
                .sorted(Comparator.comparing((FlowSnapshot.Destination queue) ->
                                queue.exporter().toString())
                        .thenComparing(FlowSnapshot.Destination::signal))
                .forEach(queue -> queue(json, view, queue));
        json.writeEndArray();
    }

    static void queue(JsonGenerator json, Rates.View view, FlowSnapshot.Destination queue) {
        json.writeStartObject();
        json.writeStringProperty("exporter", queue.exporter().toString());
        json.writeStringProperty("signal", queue.signal().label());
        json.writeStringProperty("endpoint", queue.endpoint());
        json.writeNumberProperty("queued", queue.queuedRecords());
        json.writeNumberProperty("delivered", queue.acknowledged().records());
        json.writeNumberProperty("bytes", queue.acknowledged().bytes());
        json.writeNumberProperty("failed", queue.failedRecords());
        if (!queue.lastError().isEmpty()) {
            json.writeStringProperty("error", queue.lastError());
        }
        Amounts.rate(
                json,
                view.rate(flow -> flow.destinations().stream()
                        .filter(other -> other.exporter().equals(queue.exporter()) && other.signal() == queue.signal())
                        .findFirst()
                        .map(FlowSnapshot.Destination::acknowledged)
                        .orElse(Count.ZERO)));
        json.writeEndObject();
    }

    private static void sources(JsonGenerator json, Rates.View view) {
        List<FlowSnapshot.Source> sources = view.now().sources();
        json.writeNumberProperty("sourceCount", sources.size());
        json.writeName("sources");
        json.writeStartArray();
        sources.stream()
                .sorted(Comparator.comparingLong(
                                (FlowSnapshot.Source source) -> source.amount().records())
                        .reversed())
                .limit(MOST_SOURCES)
                .forEach(source -> {
                    json.writeStartObject();
                    json.writeStringProperty("service", source.serviceName());
                    json.writeStringProperty("namespace", source.serviceNamespace());
                    json.writeStringProperty("receiver", source.receiver().toString());
                    json.writeStringProperty("signal", source.signal().label());
                    Amounts.count(json, source.amount());
                    Amounts.rate(json, view.rate(flow -> amount(flow, source)));
                    json.writeEndObject();
                });
        json.writeEndArray();
    }

    private static Count amount(FlowSnapshot flow, FlowSnapshot.Source wanted) {
        Optional<FlowSnapshot.Source> same = flow.sources().stream()
                .filter(source -> source.signal() == wanted.signal()
                        && source.receiver().equals(wanted.receiver())
                        && source.serviceName().equals(wanted.serviceName())
                        && source.serviceNamespace().equals(wanted.serviceNamespace()))
                .findFirst();
        return same.map(FlowSnapshot.Source::amount).orElse(Count.ZERO);
    }
}
