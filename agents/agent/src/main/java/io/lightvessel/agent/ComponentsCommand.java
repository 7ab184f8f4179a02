package io.lightvessel.agent;

import io.lightvessel.config.ComponentCatalog;
import io.lightvessel.config.ComponentSchema;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lists the components this agent has, with their signals. */
final class ComponentsCommand {
    private ComponentsCommand() {}

    static void run(PrintStream out) {
        ComponentCatalog.all().stream()
                .sorted(Comparator.comparing(ComponentSchema::kind).thenComparing(ComponentSchema::type))
                .forEach(schema -> out.printf(
                        "%-10s %-22s %-22s %s%n",
                        schema.kind().name().toLowerCase(Locale.ROOT),
                        schema.type(),
                        schema.signals().stream().sorted().map(s -> s.label()).collect(Collectors.joining(",")),
                        schema.doc()));
    }
}
