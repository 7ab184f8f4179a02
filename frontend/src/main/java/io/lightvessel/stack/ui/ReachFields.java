package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Instrumentation;
import io.lightvessel.stack.NodeProfiles;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.PodMetadata;
import io.lightvessel.stack.Receivers;
import io.lightvessel.stack.StackSpec;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The parts of a stack beyond the usual pipelines: mode, more receivers, sampling, pods, processes, instrumentation. */
class ReachFields extends Div {
    private final transient BoundFields fields;

    ReachFields(Runnable edited) {
        fields = new BoundFields(edited);
        addClassName("lv-body");
        add(deployment(), receivers(), sampling(), pods(), processes(), instrumentation());
    }

    void write(StackSpec spec) {
        fields.write(spec);
    }

    StackSpec read(StackSpec spec) {
        return fields.read(spec);
    }

    Map<String, HasValidation> byPath() {
        return fields.byPath();
    }

    private Card deployment() {
        return card(
                "Deployment",
                "",
                fields.choice("mode", "Mode", DeploymentMode.class, StackSpec::mode, StackSpec::withMode),
                fields.whole(
                        "gateway.replicas",
                        "Gateway replicas without scaling",
                        spec -> spec.gateway().replicas(),
                        (spec, value) -> spec.withGateway(spec.gateway().withReplicas(value))));
    }

    private Card receivers() {
        return card(
                "Other protocols",
                "OTLP is always received; these are for producers that speak something else.",
                fields.flag(
                        "gateway.receivers.jaeger.enabled",
                        "Jaeger",
                        spec -> jaeger(spec).enabled(),
                        (spec, value) ->
                                jaeger(spec, old -> new Receivers.Jaeger(value, old.grpcPort(), old.thriftHttpPort()))),
                fields.whole(
                        "gateway.receivers.jaeger.grpcPort",
                        "Jaeger gRPC port",
                        spec -> jaeger(spec).grpcPort(),
                        (spec, value) ->
                                jaeger(spec, old -> new Receivers.Jaeger(old.enabled(), value, old.thriftHttpPort()))),
                fields.flag(
                        "gateway.receivers.zipkin.enabled",
                        "Zipkin",
                        spec -> spec.gateway().receivers().zipkin().enabled(),
                        (spec, value) -> zipkin(
                                spec,
                                new Receivers.Zipkin(
                                        value,
                                        spec.gateway().receivers().zipkin().port()))),
                fields.whole(
                        "gateway.receivers.zipkin.port",
                        "Zipkin port",
                        spec -> spec.gateway().receivers().zipkin().port(),
                        (spec, value) -> zipkin(
                                spec,
                                new Receivers.Zipkin(
                                        spec.gateway().receivers().zipkin().enabled(), value))));
    }

    private Card sampling() {
        return card(
                "Sampling",
                "Which traces are kept. Policies on whole traces are edited in the document.",
                fields.number(
                        "sampling.headPercent",
                        "Begun by programs (%)",
                        spec -> spec.sampling().headPercent(),
                        (spec, value) -> spec.withSampling(spec.sampling().withHeadPercent(value))),
                fields.number(
                        "sampling.gatewayPercent",
                        "Passed on by the gateway (%)",
                        spec -> spec.sampling().gatewayPercent(),
                        (spec, value) -> spec.withSampling(spec.sampling().withGatewayPercent(value))));
    }

    private Card pods() {
        return card(
                "Pod logs",
                "Choice by label or annotation and what is replaced in lines are edited in the document.",
                fields.words(
                        "collector.podLogs.includeNamespaces",
                        "Only these namespaces",
                        spec -> logs(spec).includeNamespaces(),
                        (spec, value) -> logs(spec, logs(spec).withIncludeNamespaces(value))),
                fields.words(
                        "collector.podLogs.excludeNamespaces",
                        "Not these namespaces",
                        spec -> logs(spec).excludeNamespaces(),
                        (spec, value) -> logs(spec, logs(spec).withExcludeNamespaces(value))),
                fields.choice(
                        "collector.podLogs.multiline",
                        "Lines that belong together",
                        PodLogs.Multiline.class,
                        spec -> logs(spec).multiline(),
                        (spec, value) -> logs(spec, logs(spec).withMultiline(value))),
                fields.optionalText(
                        "collector.podLogs.multilineStart",
                        "First line, as expression (CUSTOM)",
                        spec -> logs(spec).multilineStart(),
                        (spec, value) -> logs(spec, logs(spec).withMultilineStart(value))),
                fields.choice(
                        "collector.podLogs.parsing",
                        "Lines are read as",
                        PodLogs.Parsing.class,
                        spec -> logs(spec).parsing(),
                        (spec, value) -> logs(spec, logs(spec).withParsing(value))),
                fields.whole(
                        "collector.podLogs.linesPerSecondPerPod",
                        "Lines a second of a pod, 0 for all",
                        spec -> logs(spec).linesPerSecondPerPod(),
                        (spec, value) -> logs(spec, logs(spec).withLinesPerSecondPerPod(value))),
                fields.whole(
                        "collector.podLogs.burstLinesPerPod",
                        "Lines of a pod in one go, 0 for those of a second",
                        spec -> logs(spec).burstLinesPerPod(),
                        (spec, value) -> logs(spec, logs(spec).withBurstLinesPerPod(value))),
                fields.words(
                        "collector.podLogs.metadata.labels",
                        "Labels that become attributes, * for all",
                        spec -> logs(spec).metadata().labels(),
                        (spec, value) -> logs(
                                spec,
                                logs(spec)
                                        .withMetadata(new PodMetadata(
                                                value, logs(spec).metadata().annotations())))),
                fields.words(
                        "collector.podLogs.metadata.annotations",
                        "Annotations that become attributes, * for all",
                        spec -> logs(spec).metadata().annotations(),
                        (spec, value) -> logs(
                                spec,
                                logs(spec)
                                        .withMetadata(new PodMetadata(
                                                logs(spec).metadata().labels(), value)))));
    }

    private Card processes() {
        return card(
                "Profiles of processes",
                "Every process on a node, by eBPF.",
                fields.flag(
                        "collector.profiles.enabled",
                        "Profile processes",
                        spec -> profiles(spec).enabled(),
                        (spec, value) -> profiles(
                                spec,
                                old -> new NodeProfiles(
                                        value, old.sampleRate(), old.cpuBudgetPercent(), old.memoryBudgetMib()))),
                fields.whole(
                        "collector.profiles.sampleRate",
                        "Samples a second",
                        spec -> profiles(spec).sampleRate(),
                        (spec, value) -> profiles(
                                spec,
                                old -> new NodeProfiles(
                                        old.enabled(), value, old.cpuBudgetPercent(), old.memoryBudgetMib()))),
                fields.number(
                        "collector.profiles.cpuBudgetPercent",
                        "CPU it may use (%)",
                        spec -> profiles(spec).cpuBudgetPercent(),
                        (spec, value) -> profiles(
                                spec,
                                old -> new NodeProfiles(
                                        old.enabled(), old.sampleRate(), value, old.memoryBudgetMib()))));
    }

    private Card instrumentation() {
        return card(
                "Instrumentation",
                "What the OpenTelemetry operator gives programs that do not say otherwise.",
                fields.flag(
                        "instrumentation.enabled",
                        "Instrument programs",
                        spec -> spec.instrumentation().enabled(),
                        (spec, value) -> instrument(
                                spec,
                                old -> new Instrumentation(
                                        value, old.languages(), old.propagators(), old.exporterEndpoint()))),
                fields.choices(
                        "instrumentation.languages",
                        "Languages",
                        Instrumentation.Language.class,
                        spec -> spec.instrumentation().languages(),
                        (spec, value) -> instrument(
                                spec,
                                old -> new Instrumentation(
                                        old.enabled(), value, old.propagators(), old.exporterEndpoint()))),
                fields.choices(
                        "instrumentation.propagators",
                        "Propagators",
                        Instrumentation.Propagator.class,
                        spec -> spec.instrumentation().propagators(),
                        (spec, value) -> instrument(
                                spec,
                                old -> new Instrumentation(
                                        old.enabled(), old.languages(), value, old.exporterEndpoint()))),
                fields.optionalText(
                        "instrumentation.exporterEndpoint",
                        "Where programs send, if not to the gateway",
                        spec -> spec.instrumentation().exporterEndpoint(),
                        (spec, value) -> instrument(
                                spec,
                                old -> new Instrumentation(old.enabled(), old.languages(), old.propagators(), value))));
    }

    private static Receivers.Jaeger jaeger(StackSpec spec) {
        return spec.gateway().receivers().jaeger();
    }

    private static StackSpec jaeger(StackSpec spec, UnaryOperator<Receivers.Jaeger> change) {
        Receivers receivers = spec.gateway().receivers();
        return spec.withGateway(spec.gateway().withReceivers(receivers.withJaeger(change.apply(receivers.jaeger()))));
    }

    private static StackSpec zipkin(StackSpec spec, Receivers.Zipkin changed) {
        return spec.withGateway(
                spec.gateway().withReceivers(spec.gateway().receivers().withZipkin(changed)));
    }

    private static PodLogs logs(StackSpec spec) {
        return spec.collector().podLogs();
    }

    private static StackSpec logs(StackSpec spec, PodLogs changed) {
        return spec.withCollector(spec.collector().withPodLogs(changed));
    }

    private static NodeProfiles profiles(StackSpec spec) {
        return spec.collector().profiles();
    }

    private static StackSpec profiles(StackSpec spec, UnaryOperator<NodeProfiles> change) {
        return spec.withCollector(spec.collector().withProfiles(change.apply(profiles(spec))));
    }

    private static StackSpec instrument(StackSpec spec, UnaryOperator<Instrumentation> change) {
        return spec.withInstrumentation(change.apply(spec.instrumentation()));
    }

    private static Card card(String title, String hint, Component... content) {
        Div form = new Div(content);
        form.addClassName("lv-form");
        if (hint.isEmpty()) {
            return new Card(title, form);
        }
        Paragraph words = new Paragraph(hint);
        words.addClassName("lv-hint");
        return new Card(title, words, form);
    }
}
