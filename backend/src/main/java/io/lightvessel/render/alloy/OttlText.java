package io.lightvessel.render.alloy;

import io.lightvessel.render.text.Placeholders;
import java.util.Map;
import java.util.StringJoiner;

/** Writes statements of the transformation language inside of Alloy's expressions: two languages, each with its escapes. */
final class OttlText {
    private final StringJoiner joined = new StringJoiner(" + ");
    private final StringBuilder literal = new StringBuilder();

    private OttlText() {}

    /** A statement that sets an attribute, as an expression of Alloy's. */
    static RiverValue set(Map.Entry<String, String> attribute) {
        OttlText text = new OttlText();
        text.literal.append("set(attributes[\"");
        text.inString(attribute.getKey());
        text.literal.append("\"], \"");
        text.inString(attribute.getValue());
        text.literal.append("\")");
        text.endLiteral();
        return new RiverValue.Expression(text.joined.toString());
    }

    private void inString(String text) {
        for (Placeholders.Part part : Placeholders.parts(text)) {
            switch (part) {
                case Placeholders.Part.Literal written -> literal.append(escaped(written.text()));
                case Placeholders.Part.Variable variable -> {
                    endLiteral();
                    joined.add(escapedLater(RiverWriter.variable(variable.name(), variable.otherwise())));
                }
            }
        }
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            joined.add(RiverWriter.quoted(literal.toString()));
            literal.setLength(0);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The environment may hold anything; Alloy escapes it when it knows it. */
    private static String escapedLater(String expression) {
        String backslashes = "string.replace(%s, %s, %s)"
                .formatted(expression, RiverWriter.quoted("\\"), RiverWriter.quoted("\\\\"));
        return "string.replace(%s, %s, %s)"
                .formatted(backslashes, RiverWriter.quoted("\""), RiverWriter.quoted("\\\""));
    }
}
