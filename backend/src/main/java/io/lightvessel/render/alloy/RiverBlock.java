package io.lightvessel.render.alloy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A block in the making: attributes first, then the blocks inside of it. */
final class RiverBlock {
    private final String name;
    private final @Nullable String label;
    private final Map<String, RiverValue> attributes = new LinkedHashMap<>();
    private final List<RiverBlock> blocks = new ArrayList<>();

    RiverBlock(String name, @Nullable String label) {
        this.name = name;
        this.label = label;
    }

    RiverBlock set(String key, RiverValue value) {
        attributes.put(key, value);
        return this;
    }

    /** Text with placeholders. */
    RiverBlock text(String key, String value) {
        return set(key, new RiverValue.Text(value));
    }

    RiverBlock verbatim(String key, String value) {
        return set(key, new RiverValue.Verbatim(value));
    }

    RiverBlock flag(String key, boolean value) {
        return set(key, new RiverValue.Flag(value));
    }

    RiverBlock number(String key, long value) {
        return set(key, new RiverValue.Number(value));
    }

    RiverBlock refer(String key, List<String> expressions) {
        return set(key, RiverValue.Items.references(expressions));
    }

    RiverBlock block(String inner, Consumer<RiverBlock> body) {
        RiverBlock block = new RiverBlock(inner, null);
        body.accept(block);
        blocks.add(block);
        return this;
    }

    String name() {
        return name;
    }

    @Nullable
    String label() {
        return label;
    }

    Map<String, RiverValue> attributes() {
        return attributes;
    }

    List<RiverBlock> blocks() {
        return blocks;
    }
}
