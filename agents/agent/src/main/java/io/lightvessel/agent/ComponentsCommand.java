package io.lightvessel.agent;

import io.lightvessel.config.ComponentCatalog;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.KeyTable;
import io.lightvessel.config.Signal;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the components this agent has, or all keys of those of one type. */
final class ComponentsCommand {
    private ComponentsCommand() {}

    static void list(PrintStream out) {
        out.printf("%-10s %-24s %-12s %-32s %s%n", "KIND", "TYPE", "STABILITY", "SIGNALS", "WHAT IT DOES");
        sorted().forEach(schema -> out.printf(
                "%-10s %-24s %-12s %-32s %s%n",
                schema.kind().label(),
                schema.type(),
                schema.stability().label(),
                schema.signals().stream().sorted().map(Signal::label).collect(Collectors.joining(",")),
                schema.doc()));
    }

    /** @param name a type, or a kind and a type where several kinds have one: {@code exporter/otlp} */
    static void describe(String name, PrintStream out) {
        List<ComponentSchema> found = sorted().stream()
                .filter(schema ->
                        name.equals(schema.type()) || name.equals(schema.kind().label() + "/" + schema.type()))
                .toList();
        if (found.isEmpty()) {
            throw new Failure(
                    "no component " + name + " (expected: a type that `components` lists, or such as exporter/otlp)");
        }
        for (ComponentSchema schema : found) {
            out.printf(
                    "%s %s (%s)%n%s%n%n",
                    schema.kind().label(), schema.type(), schema.stability().label(), schema.doc());
            for (KeyTable.Row key : KeyTable.of(schema)) {
                describe(key, out);
            }
            out.println();
        }
    }

    private static void describe(KeyTable.Row key, PrintStream out) {
        String value = key.defaultValue();
        String fallback = key.required() ? ", required" : value == null ? "" : ", default '" + value + "'";
        out.printf("  %s: %s%s%s%n", key.path(), key.expected(), fallback, key.secret() ? ", secret" : "");
        out.printf("      %s%s%n", key.effective() ? "" : "Has no effect: ", key.doc());
    }

    private static List<ComponentSchema> sorted() {
        return ComponentCatalog.all().stream()
                .sorted(Comparator.comparing(ComponentSchema::kind).thenComparing(ComponentSchema::type))
                .toList();
    }
}
