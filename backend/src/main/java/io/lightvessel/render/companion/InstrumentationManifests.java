package io.lightvessel.render.companion;

import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.Instrumentation;
import io.lightvessel.stack.StackSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what instruments programs: the OpenTelemetry operator's resource, and the variables for programs with an SDK of their own. */
final class InstrumentationManifests {
    private final StackSpec spec;
    private final String cluster;

    InstrumentationManifests(StackSpec spec, String cluster) {
        this.spec = spec;
        this.cluster = cluster;
    }

    /** How pods ask for it, for the head of the file. */
    String annotations() {
        return "Pods or namespaces ask for it: "
                + spec.instrumentation().languages().stream()
                        .map(language ->
                                "instrumentation.opentelemetry.io/inject-%s: \"true\"".formatted(annotation(language)))
                        .collect(Collectors.joining(", "));
    }

    Map<String, Object> operatorResource() {
        Map<String, Object> settings = Tree.of(
                "exporter",
                Tree.of("endpoint", endpoint()),
                "propagators",
                propagators(),
                "sampler",
                Tree.of("type", "parentbased_traceidratio", "argument", ratio()),
                "resource",
                Tree.of("resourceAttributes", Tree.of("k8s.cluster.name", cluster)));
        for (Instrumentation.Language language : spec.instrumentation().languages()) {
            settings.put(
                    key(language),
                    Tree.of("env", List.of(Tree.of("name", "OTEL_EXPORTER_OTLP_PROTOCOL", "value", "http/protobuf"))));
        }
        return Tree.of(
                "apiVersion",
                "opentelemetry.io/v1alpha1",
                "kind",
                "Instrumentation",
                "metadata",
                Tree.of("name", "lightvessel", "namespace", spec.gateway().namespace()),
                "spec",
                settings);
    }

    /** For {@code envFrom} of programs that bring an SDK. */
    Map<String, Object> environment() {
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Tree.of("name", "otel-environment", "namespace", spec.gateway().namespace()),
                "data",
                Tree.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        endpoint(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf",
                        "OTEL_PROPAGATORS",
                        String.join(",", propagators()),
                        "OTEL_TRACES_SAMPLER",
                        "parentbased_traceidratio",
                        "OTEL_TRACES_SAMPLER_ARG",
                        ratio(),
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "k8s.cluster.name=" + cluster));
    }

    private String endpoint() {
        String written = spec.instrumentation().exporterEndpoint();
        Gateway gateway = spec.gateway();
        return written != null
                ? written
                : "http://%s.%s:%d"
                        .formatted(
                                gateway.serviceName(),
                                gateway.namespace(),
                                gateway.receivers().otlp().httpPort());
    }

    private List<String> propagators() {
        return spec.instrumentation().propagators().stream()
                .map(propagator -> propagator.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private String ratio() {
        return BigDecimal.valueOf(spec.sampling().headPercent())
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String key(Instrumentation.Language language) {
        return switch (language) {
            case JAVA -> "java";
            case NODEJS -> "nodejs";
            case PYTHON -> "python";
            case DOTNET -> "dotnet";
            case GO -> "go";
            case APACHE_HTTPD -> "apacheHttpd";
            case NGINX -> "nginx";
        };
    }

    private static String annotation(Instrumentation.Language language) {
        return switch (language) {
            case APACHE_HTTPD -> "apache-httpd";
            case JAVA, NODEJS, PYTHON, DOTNET, GO, NGINX -> key(language);
        };
    }
}
