package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Collector;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.Origin;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.UsualDestination;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edits a stack; what has no field here is kept as it was. */
class StackForm extends Div {

    private final transient Runnable changed;
    private final Map<String, HasValidation> fields = new LinkedHashMap<>();

    private final TextField serviceName = text("service-name", "Service name", "gateway.serviceName");
    private final TextField namespace = text("namespace", "Namespace", "gateway.namespace");
    private final IntegerField grpcPort = number("grpc-port", "OTLP/gRPC port", "gateway.receivers.otlp.grpcPort");
    private final IntegerField httpPort = number("http-port", "OTLP/HTTP port", "gateway.receivers.otlp.httpPort");
    private final TextField batchTimeout = text("batch-timeout", "Longest wait", "gateway.batch.timeout");
    private final IntegerField batchSize = number("batch-size", "Records per batch", "gateway.batch.sendBatchSize");
    private final IntegerField batchMax =
            number("batch-max", "Most records per request", "gateway.batch.sendBatchMaxSize");
    private final AttributeEditor attributes;
    private final Checkbox podLogs = new Checkbox("Read pod logs");
    private final TextField podLogsPath = text("pod-logs-path", "Directory of pod logs", "collector.podLogs.path");
    private final TextField metrics =
            text("metrics-endpoint", "Metrics: remote write URL", "backends.destinations.metrics.endpoint");
    private final TextField traces =
            text("traces-endpoint", "Traces: OTLP/gRPC host:port", "backends.destinations.traces.endpoint");
    private final Checkbox tracesInsecure = new Checkbox("Traces without TLS");
    private final TextField logs =
            text("logs-endpoint", "Logs: OTLP/HTTP base URL", "backends.destinations.logs.endpoint");
    private final TextField grafana = text("grafana-url", "Grafana URL", "backends.grafana.url");
    private final TextField metricsUid =
            text("grafana-metrics-uid", "Metrics data source", "backends.grafana.metricsDatasourceUid");
    private final TextField logsUid =
            text("grafana-logs-uid", "Logs data source", "backends.grafana.logsDatasourceUid");
    private final TextField tracesUid =
            text("grafana-traces-uid", "Traces data source", "backends.grafana.tracesDatasourceUid");
    private final TextField profiles =
            text("profiles-endpoint", "Profiles: Pyroscope's base URL", "backends.destinations.profiles.endpoint");
    private final FetchFields fetching;
    private final ReachFields reach;
    private final HpaFields scaling;
    private StackSpec base = StackSpec.defaults();
    private final transient OriginMarks marks = new OriginMarks();
    private boolean writing;

    StackForm(Runnable changed) {
        this.changed = changed;
        setId("stack-form");
        addClassName("lv-body");
        attributes = new AttributeEditor(
                "resource-attributes",
                "Set on everything that passes the gateway. Values may contain ${env:NAME}, resolved by each agent.",
                this::edited);
        fetching = new FetchFields(this::edited);
        scaling = new HpaFields(this::edited);
        reach = new ReachFields(this::edited);
        fields.putAll(scaling.byPath());
        fields.putAll(reach.byPath());
        podLogs.setId("pod-logs");
        podLogs.addValueChangeListener(event -> {
            podLogsPath.setEnabled(event.getValue());
            edited();
        });
        tracesInsecure.setId("traces-insecure");
        tracesInsecure.addValueChangeListener(event -> edited());
        batchTimeout.setHelperText("As in 200ms or 5s");
        metrics.setPlaceholder("http://prometheus:9090/api/v1/write");
        traces.setPlaceholder("tempo:4317");
        logs.setPlaceholder("http://loki:3100/otlp");
        profiles.setPlaceholder("http://pyroscope:4040");
        grafana.setPlaceholder("http://grafana:3000");
        serviceName.setHelperText("Producers have it in their settings");
        add(
                card(
                        "Where telemetry goes",
                        "A signal without an address is neither received nor fetched.",
                        metrics,
                        traces,
                        logs,
                        profiles,
                        tracesInsecure),
                new Card("Attributes", attributes),
                card("Gateway", "", serviceName, namespace, grpcPort, httpPort, batchTimeout, batchSize, batchMax),
                fetching,
                new Card("Gateway scaling", scaling),
                card("Collector", "", podLogs, podLogsPath),
                reach,
                card(
                        "Grafana",
                        "Links on cluster and agent pages lead here.",
                        grafana,
                        metricsUid,
                        logsUid,
                        tracesUid));
    }

    void write(StackSpec spec) {
        writing = true;
        base = spec;
        Gateway gateway = spec.gateway();
        serviceName.setValue(gateway.serviceName());
        namespace.setValue(gateway.namespace());
        grpcPort.setValue(gateway.otlp().grpcPort());
        httpPort.setValue(gateway.otlp().httpPort());
        batchTimeout.setValue(gateway.batch().timeout());
        batchSize.setValue(gateway.batch().sendBatchSize());
        batchMax.setValue(gateway.batch().sendBatchMaxSize());
        attributes.write(gateway.resourceAttributes());
        fetching.write(gateway);
        scaling.write(gateway.scaling());
        reach.write(spec);
        podLogs.setValue(spec.collector().podLogs().enabled());
        podLogsPath.setValue(spec.collector().podLogs().path());
        podLogsPath.setEnabled(podLogs.getValue());
        BackendFields.write(metrics, spec.backends(), Signal.METRICS);
        BackendFields.write(traces, spec.backends(), Signal.TRACES);
        BackendFields.write(logs, spec.backends(), Signal.LOGS);
        BackendFields.write(profiles, spec.backends(), Signal.PROFILES);
        tracesInsecure.setValue(UsualDestination.isInsecure(spec.backends(), Signal.TRACES));
        Backends.Grafana target = spec.backends().grafana();
        String url = target.url();
        grafana.setValue(url == null ? "" : url);
        metricsUid.setValue(target.metricsDatasourceUid());
        logsUid.setValue(target.logsDatasourceUid());
        tracesUid.setValue(target.tracesDatasourceUid());
        writing = false;
        clearFindings();
    }

    /** The stack as the fields say; not checked yet. */
    StackSpec read() {
        Gateway gateway = base.gateway()
                .withService(
                        serviceName.getValue().strip(), namespace.getValue().strip())
                .withOtlp(new Gateway.OtlpPorts(HpaFields.value(grpcPort), HpaFields.value(httpPort)))
                .withResourceAttributes(attributes.read())
                .withBatch(new Gateway.Batch(
                        batchTimeout.getValue().strip(), HpaFields.value(batchSize), HpaFields.value(batchMax)))
                .withScraping(fetching.scraping())
                .withProfiles(fetching.profiles())
                .withClustering(fetching.clustering())
                .withScaling(scaling.read());
        PodLogs logsBefore = base.collector().podLogs();
        Collector collector = base.collector()
                .withPodLogs(logsBefore
                        .withEnabled(podLogs.getValue())
                        .withPath(podLogsPath.getValue().strip()));
        return reach.read(base.withGateway(gateway).withCollector(collector).withBackends(backends()));
    }

    private Backends backends() {
        Backends read = base.backends();
        read = BackendFields.read(metrics, read, Signal.METRICS, false);
        read = BackendFields.read(traces, read, Signal.TRACES, tracesInsecure.getValue());
        read = BackendFields.read(logs, read, Signal.LOGS, false);
        read = BackendFields.read(profiles, read, Signal.PROFILES, false);
        return read.withGrafana(new Backends.Grafana(
                BackendFields.orNull(grafana),
                metricsUid.getValue().strip(),
                logsUid.getValue().strip(),
                tracesUid.getValue().strip(),
                read.grafana().profilesDatasourceUid()));
    }

    boolean attributesAreUnique() {
        return attributes.checkUnique();
    }

    /** Marks the fields that findings name and returns the findings that have no field. */
    List<StackFinding> showFindings(List<StackFinding> findings) {
        clearFindings();
        fields.keySet().removeIf(path -> path.contains(".jobs."));
        fields.putAll(fetching.byPath());
        List<StackFinding> others = new ArrayList<>();
        for (StackFinding finding : findings) {
            HasValidation field = finding.source() == StackFinding.Source.STACK ? fields.get(finding.path()) : null;
            if (field != null && finding.isError()) {
                field.setErrorMessage(finding.message());
                field.setInvalid(true);
            } else {
                others.add(finding);
            }
        }
        return others;
    }

    /** Says below the fields where their values come from; nothing for a stack that stands alone. */
    void showOrigins(Map<String, Origin> origins) {
        marks.show(fields, origins);
    }

    private void clearFindings() {
        fields.values().forEach(field -> field.setInvalid(false));
    }

    private void edited() {
        if (!writing) {
            changed.run();
        }
    }

    private Component card(String title, String hint, Component... content) {
        Div form = new Div(content);
        form.addClassName("lv-form");
        if (hint.isEmpty()) {
            return new Card(title, form);
        }
        Paragraph words = new Paragraph(hint);
        words.addClassName("lv-hint");
        return new Card(title, words, form);
    }

    private TextField text(String id, String label, String path) {
        TextField field = new TextField(label);
        field.setId("stack-" + id);
        field.setWidthFull();
        field.setManualValidation(true);
        field.addValueChangeListener(event -> edited());
        fields.put(path, field);
        return field;
    }

    private IntegerField number(String id, String label, String path) {
        IntegerField field = new IntegerField(label);
        field.setId("stack-" + id);
        field.setWidthFull();
        field.setManualValidation(true);
        field.addValueChangeListener(event -> edited());
        fields.put(path, field);
        return field;
    }
}
