package io.lightvessel.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All keys of a component in one list, for people who read them as a table. */
public final class KeyTable {

    /**
     * One key.
     *
     * @param path from the component's root; {@code []} stands for an element of a list, {@code {}} for a name in a mapping
     * @param expected what values it takes
     * @param defaultValue null when there is none
     * @param isSection whether it only holds other keys, which follow
     */
    public record Row(
            String path,
            String expected,
            @Nullable String defaultValue,
            boolean required,
            boolean secret,
            boolean effective,
            boolean isSection,
            String doc) {}

    private final List<Row> rows = new ArrayList<>();

    private KeyTable() {}

    /** The keys in the schema's order, each section followed by what is in it. */
    public static List<Row> of(ComponentSchema schema) {
        KeyTable table = new KeyTable();
        table.add(schema.keys(), "");
        return List.copyOf(table.rows);
    }

    private void add(ObjectSchema schema, String parent) {
        for (KeySchema key : schema.keys()) {
            String path = Report.path(parent, key.name());
            switch (key.type()) {
                case ValueType.Section section -> {
                    row(key, path, section.optional() ? "keys, off unless written" : "keys", true);
                    add(section.keys(), path);
                }
                case ValueType.SectionList list -> {
                    row(key, path, "a list of keys", true);
                    add(list.keys(), path + "[]");
                }
                case ValueType.SectionMap map -> {
                    row(key, path, "a mapping of names to keys", true);
                    add(map.keys(), path + "{}");
                }
                case ValueType.Refused _ -> {
                    // Not a key to use; whoever writes it is told why it is refused.
                }
                default -> row(key, path, key.type().expectation(), false);
            }
        }
    }

    private void row(KeySchema key, String path, String expected, boolean isSection) {
        rows.add(new Row(
                path,
                expected,
                key.defaultValue(),
                key.required(),
                key.secret(),
                key.effective(),
                isSection,
                key.doc()));
    }
}
