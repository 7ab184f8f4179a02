package io.lightvessel.render.alloy;

import io.lightvessel.render.text.Placeholders;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes blocks as Alloy's formatter would: tabs, equals signs of neighbours below each other. */
final class RiverWriter {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.]+");

    private final StringBuilder out = new StringBuilder();

    private RiverWriter() {}

    static String write(List<String> comment, List<RiverBlock> blocks) {
        RiverWriter writer = new RiverWriter();
        comment.forEach(line -> writer.out.append("// ").append(line).append('\n'));
        for (RiverBlock block : blocks) {
            writer.out.append('\n');
            writer.block(block, "");
        }
        return writer.out.toString();
    }

    private void block(RiverBlock block, String indent) {
        out.append(indent).append(block.name());
        if (block.label() != null) {
            out.append(' ').append(quoted(block.label()));
        }
        if (block.attributes().isEmpty() && block.blocks().isEmpty()) {
            out.append(" { }\n");
            return;
        }
        out.append(" {\n");
        attributes(block.attributes(), indent + "\t");
        boolean first = block.attributes().isEmpty();
        for (RiverBlock inner : block.blocks()) {
            if (!first) {
                out.append('\n');
            }
            first = false;
            block(inner, indent + "\t");
        }
        out.append(indent).append("}\n");
    }

    private void attributes(Map<String, RiverValue> attributes, String indent) {
        int width = attributes.keySet().stream().mapToInt(String::length).max().orElse(0);
        attributes.forEach((key, value) -> {
            out.append(indent).append(key).repeat(' ', width - key.length()).append(" = ");
            out.append(value(value, indent)).append('\n');
        });
    }

    private static String value(RiverValue value, String indent) {
        return switch (value) {
            case RiverValue.Text text -> expression(text.text());
            case RiverValue.Verbatim verbatim -> quoted(verbatim.text());
            case RiverValue.Number number -> Long.toString(number.value());
            case RiverValue.Flag flag -> Boolean.toString(flag.value());
            case RiverValue.Expression expression -> expression.text();
            case RiverValue.Items items -> items(items, indent);
            case RiverValue.Entries entries -> entries(entries, indent);
        };
    }

    private static String items(RiverValue.Items items, String indent) {
        boolean onOneLine =
                items.values().size() <= 1 || items.values().stream().allMatch(RiverWriter::isReference);
        if (onOneLine) {
            StringJoiner joined = new StringJoiner(", ", "[", "]");
            items.values().forEach(item -> joined.add(value(item, indent)));
            return joined.toString();
        }
        StringBuilder lines = new StringBuilder("[\n");
        items.values()
                .forEach(item -> lines.append(indent)
                        .append('\t')
                        .append(value(item, indent + "\t"))
                        .append(",\n"));
        return lines.append(indent).append(']').toString();
    }

    private static boolean isReference(RiverValue value) {
        return value instanceof RiverValue.Expression(String text)
                && REFERENCE.matcher(text).matches();
    }

    private static String entries(RiverValue.Entries entries, String indent) {
        if (entries.values().isEmpty()) {
            return "{}";
        }
        StringBuilder lines = new StringBuilder("{\n");
        entries.values()
                .forEach((key, value) -> lines.append(indent)
                        .append('\t')
                        .append(IDENTIFIER.matcher(key).matches() ? key : quoted(key))
                        .append(" = ")
                        .append(value(value, indent + "\t"))
                        .append(",\n"));
        return lines.append(indent).append('}').toString();
    }

    /** A text of the stack; what it takes from the environment is joined to what is written. */
    static String expression(String text) {
        List<Placeholders.Part> parts = Placeholders.parts(text);
        if (parts.isEmpty()) {
            return "\"\"";
        }
        StringJoiner joined = new StringJoiner(" + ");
        for (Placeholders.Part part : parts) {
            joined.add(
                    switch (part) {
                        case Placeholders.Part.Literal literal -> quoted(literal.text());
                        case Placeholders.Part.Variable variable -> variable(variable.name(), variable.otherwise());
                    });
        }
        return joined.toString();
    }

    static String variable(String name, @Nullable String otherwise) {
        String value = "sys.env(" + quoted(name) + ")";
        return otherwise == null ? value : "coalesce(" + value + ", " + quoted(otherwise) + ")";
    }

    /** A string literal, with the escapes that Go's strings have. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean lone = Character.isSurrogate(c) && !pairedAt(text, i);
                    if (c < 0x20 || c == 0x7f || c == 0xfeff) {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        // Half of a pair is no character; Go would take the same one for it.
                        quoted.append(lone ? '\ufffd' : c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean pairedAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
