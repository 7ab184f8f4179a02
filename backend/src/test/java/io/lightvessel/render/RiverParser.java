package io.lightvessel.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Alloy's configuration language, as far as its grammar goes: blocks, attributes, expressions. */
final class RiverParser {
    private final RiverTokens tokens;

    private RiverParser(String text) {
        this.tokens = new RiverTokens(text);
    }

    /** A block. References are the dotted names that its expressions have, functions of the standard library among them. */
    record Block(String name, @Nullable String label, Map<String, Value> attributes, List<Block> blocks) {

        String id() {
            return label == null ? name : name + "." + label;
        }

        /** Dotted names in this block and those inside of it. */
        List<String> references() {
            List<String> all = new ArrayList<>();
            attributes.values().forEach(value -> all.addAll(value.references()));
            blocks.forEach(block -> all.addAll(block.references()));
            return all;
        }
    }

    /**
     * An attribute's value.
     *
     * @param texts its string literals, in order
     * @param references its dotted names
     */
    record Value(List<String> texts, List<String> references) {}

    static List<Block> parse(String text) {
        RiverParser parser = new RiverParser(text);
        List<Block> blocks = new ArrayList<>();
        while (parser.tokens.peek() != RiverTokens.Kind.END) {
            String name = parser.dotted();
            blocks.add(parser.block(name));
        }
        return blocks;
    }

    private Block block(String name) {
        String label = tokens.peek() == RiverTokens.Kind.STRING ? tokens.take(RiverTokens.Kind.STRING) : null;
        if (label != null && !label.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw tokens.wrong("label " + label, "an identifier");
        }
        tokens.take("{");
        Map<String, Value> attributes = new LinkedHashMap<>();
        List<Block> blocks = new ArrayList<>();
        while (!tokens.takeIf("}")) {
            String inner = dotted();
            if (tokens.takeIf("=")) {
                Value value = new Value(new ArrayList<>(), new ArrayList<>());
                expression(value);
                if (attributes.put(inner, value) != null) {
                    throw tokens.wrong("a second " + inner, "one attribute of a name");
                }
            } else {
                blocks.add(block(inner));
            }
        }
        return new Block(name, label, attributes, blocks);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(tokens.take(RiverTokens.Kind.IDENTIFIER));
        while (tokens.takeIf(".")) {
            name.append('.').append(tokens.take(RiverTokens.Kind.IDENTIFIER));
        }
        return name.toString();
    }

    private void expression(Value value) {
        term(value);
        while (tokens.takeIf("+")) {
            term(value);
        }
    }

    private void term(Value value) {
        switch (tokens.peek()) {
            case STRING -> value.texts().add(tokens.take(RiverTokens.Kind.STRING));
            case NUMBER -> tokens.take(RiverTokens.Kind.NUMBER);
            case IDENTIFIER -> {
                String name = dotted();
                if (name.equals("true") || name.equals("false") || name.equals("null")) {
                    return;
                }
                value.references().add(name);
                if (tokens.takeIf("(")) {
                    separated(")", () -> expression(value));
                }
            }
            case SIGN -> {
                if (tokens.takeIf("[")) {
                    separated("]", () -> expression(value));
                } else {
                    tokens.take("{");
                    separated("}", () -> {
                        if (tokens.peek() == RiverTokens.Kind.STRING) {
                            tokens.take(RiverTokens.Kind.STRING);
                        } else {
                            tokens.take(RiverTokens.Kind.IDENTIFIER);
                        }
                        tokens.take("=");
                        expression(value);
                    });
                }
            }
            case END -> throw tokens.wrong("the end", "an expression");
        }
    }

    private void separated(String end, Runnable item) {
        while (!tokens.takeIf(end)) {
            item.run();
            if (!tokens.takeIf(",")) {
                tokens.take(end);
                return;
            }
        }
    }
}
