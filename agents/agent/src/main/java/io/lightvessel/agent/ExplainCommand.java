package io.lightvessel.agent;

import io.lightvessel.config.ComponentCatalog;
import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.EffectiveSettings;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Finding;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineSpec;
import io.lightvessel.gateway.discovery.kubernetes.SectionJobs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows what a config comes to: the way through each pipeline, and every component with all its keys, without secrets. */
final class ExplainCommand {
    private static final List<ComponentKind> ORDER =
            List.of(ComponentKind.RECEIVER, ComponentKind.PROCESSOR, ComponentKind.EXPORTER, ComponentKind.EXTENSION);

    private ExplainCommand() {}

    /** True when the file can be run. */
    static boolean run(Path file, Map<String, String> environment, PrintStream out) {
        ParseOutcome outcome = ConfigParser.parse(ConfigFile.read(file), Environment.of(environment));
        for (Finding finding : outcome.findings()) {
            out.println(file + ": " + (finding.isError() ? "error" : "warning") + ": " + finding);
        }
        return switch (outcome) {
            case ParseOutcome.Valid valid -> {
                explain(valid.config(), out);
                yield true;
            }
            case ParseOutcome.Invalid _ -> false;
        };
    }

    private static void explain(PipelineConfig config, PrintStream out) {
        for (PipelineSpec pipeline : config.pipelines()) {
            out.printf("pipeline %s%n", pipeline.id());
            out.printf("  %s%n", way(pipeline));
        }
        for (ComponentKind kind : ORDER) {
            config.components(kind).values().forEach(component -> explain(component, out));
        }
    }

    private static String way(PipelineSpec pipeline) {
        String processors = pipeline.processors().isEmpty()
                ? ""
                : " -> " + pipeline.processors().stream().map(Object::toString).collect(Collectors.joining(" -> "));
        return names(pipeline.receivers()) + processors + " -> " + names(pipeline.exporters());
    }

    private static String names(Collection<?> ids) {
        String names = ids.stream().map(Object::toString).collect(Collectors.joining(", "));
        return ids.size() == 1 ? names : "[" + names + "]";
    }

    private static void explain(ComponentConfig component, PrintStream out) {
        ComponentSchema schema = ComponentCatalog.find(
                        component.kind(), component.id().type())
                .orElseThrow(() -> new IllegalStateException(component.id() + " passed its checks without a schema"));
        out.printf("%n%s %s: %s%n", component.kind().label(), component.id(), schema.doc());
        for (EffectiveSettings.Row row : EffectiveSettings.of(schema.keys(), component.settings())) {
            if (row.value() != null) {
                out.printf(
                        "  %s: %s%s%s%n",
                        row.path(),
                        row.value().isEmpty() ? "''" : row.value(),
                        row.isDefault() ? " (default)" : "",
                        row.effective() ? "" : " (no effect)");
            }
        }
        if (component.kind() == ComponentKind.RECEIVER
                && component.id().type().equals("prometheus")
                && component.settings().has("kubernetes")) {
            String jobs = SectionJobs.explained(component.settings().section("kubernetes"));
            if (!jobs.isEmpty()) {
                out.printf("  kubernetes stands for these jobs, beside those of monitors:%n%s", jobs.indent(4));
            }
        }
        if (!component.extensions().isEmpty()) {
            out.printf(
                    "  uses the extensions: %s%n", names(component.extensions().keySet()));
        }
    }
}
