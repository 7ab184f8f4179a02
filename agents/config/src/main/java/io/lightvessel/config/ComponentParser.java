package io.lightvessel.config;

import java.util.List;
import java.util.Optional;

/** Reads the settings of one component by itself, for what is put together while the agent runs. */
public final class ComponentParser {

    private ComponentParser() {}

    /**
     * What reading came to.
     *
     * @param settings absent when one of the findings is an error
     */
    public record Outcome(Optional<Settings> settings, List<Finding> findings) {
        public Outcome {
            findings = List.copyOf(findings);
        }
    }

    /** @param text the component's keys, without its id */
    public static Outcome parse(ComponentKind kind, String type, String text, Environment environment) {
        Report report = new Report();
        Optional<YamlNode> root = YamlReader.read(text, report);
        Optional<ComponentSchema> schema = ComponentCatalog.find(kind, type);
        if (schema.isEmpty()) {
            throw new IllegalArgumentException(
                    "component: '" + type + "' (expected: one of " + ComponentCatalog.types(kind) + ")");
        }
        if (report.hasErrors() || root.isEmpty()) {
            return new Outcome(Optional.empty(), report.findings());
        }
        Settings settings = new SettingsReader(report, new Placeholders(environment))
                .read(schema.get().keys(), root.get(), "");
        if (!report.hasErrors()) {
            schema.get().rule().check(settings, new RuleReport(report, "", 1));
        }
        return new Outcome(report.hasErrors() ? Optional.empty() : Optional.of(settings), report.findings());
    }
}
