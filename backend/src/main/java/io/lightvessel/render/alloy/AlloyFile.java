package io.lightvessel.render.alloy;

import io.lightvessel.render.RenderFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Alloy's config in the making, with what is to be said about it. */
final class AlloyFile {
    private final Map<String, RiverBlock> components = new LinkedHashMap<>();
    private final List<RenderFinding> findings = new ArrayList<>();
    private final Labels labels = new Labels();

    /** The component's id, for others to refer to; one that is there already stays as it is. */
    String component(String name, String label, Consumer<RiverBlock> body) {
        String id = name + "." + label;
        if (!components.containsKey(id)) {
            RiverBlock block = new RiverBlock(name, label);
            components.put(id, block);
            body.accept(block);
        }
        return id;
    }

    /** A label nobody has, as near as possible to the one wanted. */
    String free(String component, String wanted) {
        return labels.of(component, wanted);
    }

    void say(RenderFinding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    List<RenderFinding> findings() {
        return findings;
    }

    @Nullable
    RiverBlock find(String id) {
        return components.get(id);
    }

    String text(List<String> comment) {
        return RiverWriter.write(comment, List.copyOf(components.values()));
    }
}
