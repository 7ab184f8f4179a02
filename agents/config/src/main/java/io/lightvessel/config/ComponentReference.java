package io.lightvessel.config;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what the catalog knows of a component as Markdown: the generated part of its page in {@code docs/components}. */
public final class ComponentReference {

    private ComponentReference() {}

    /** The file name of a component's page. */
    public static String fileName(ComponentSchema schema) {
        return schema.kind().label() + "-" + schema.type() + ".md";
    }

    public static String markdown(ComponentSchema schema) {
        StringBuilder page = new StringBuilder();
        page.append("| | |\n|---|---|\n");
        row(page, "kind", schema.kind().label());
        row(page, "stability", schema.stability().label());
        if (!schema.signals().isEmpty()) {
            row(
                    page,
                    "signals",
                    schema.signals().stream().sorted().map(Signal::label).collect(Collectors.joining(", ")));
        }
        if (!schema.capabilities().isEmpty()) {
            row(
                    page,
                    "can be named where one is needed that",
                    schema.capabilities().stream()
                            .sorted()
                            .map(ExtensionCapability::phrase)
                            .collect(Collectors.joining(", ")));
        }
        page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        for (KeyTable.Row key : KeyTable.of(schema)) {
            page.append("| `").append(key.path()).append("` | ");
            page.append(cell(key.expected()))
                    .append(" | ")
                    .append(fallback(key))
                    .append(" | ");
            page.append(cell(meaning(key))).append(" |\n");
        }
        return page.toString();
    }

    /** What applies when the key is not written. */
    private static String fallback(KeyTable.Row key) {
        if (key.required()) {
            return "required";
        }
        String value = key.defaultValue();
        return value == null ? "" : value.isEmpty() ? "empty" : "`" + cell(value) + "`";
    }

    private static String meaning(KeyTable.Row key) {
        String doc = key.effective()
                ? key.doc()
                : "Accepted without effect: " + key.doc().substring(0, 1).toLowerCase(Locale.ROOT)
                        + key.doc().substring(1);
        return key.secret() ? doc + " Secret: never shown." : doc;
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("| ").append(name).append(" | ").append(cell(value)).append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }
}
