package io.lightvessel.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lays partial documents over each other, remembering which of them set each value. */
final class StackLayers {
    private final ObjectNode merged = JsonNodeFactory.instance.objectNode();
    private final TreeMap<String, Origin> set = new TreeMap<>();

    /** What a cluster gets from a blueprint: its spec, then those of its overrides that the cluster matches, in order. */
    static StackLayers of(BlueprintRevision revision, ClusterTraits cluster) {
        StackLayers layers = new StackLayers();
        layers.add(Origin.blueprint(revision), revision.content().spec());
        for (BlueprintContent.Override override : revision.content().overrides()) {
            if (override.selector().matches(cluster)) {
                layers.add(Origin.labels(revision, override.name()), override.spec());
            }
        }
        return layers;
    }

    /** @param patch a document of the current form */
    StackLayers add(Origin origin, ObjectNode patch) {
        ObjectNode content = patch.deepCopy();
        content.remove("apiVersion");
        MergePatch.apply(merged, content, new MergePatch.Listener() {
            @Override
            public void set(String pointer) {
                set.put(pointer, origin);
            }

            @Override
            public void unset(String pointer) {
                List<String> below = new ArrayList<>(
                        set.subMap(pointer + "/", true, pointer + "0", false).keySet());
                below.forEach(set::remove);
                set.remove(pointer);
            }
        });
        return this;
    }

    /** All layers as one document, still without the defaults. */
    ObjectNode document() {
        return merged.deepCopy();
    }

    /** Where each value of the stack that the layers make comes from. */
    Map<String, Origin> origins(ObjectNode stack) {
        Map<String, Origin> origins = new TreeMap<>();
        JsonPointers.leaves(stack, (pointer, value) -> origins.put(pointer, set.getOrDefault(pointer, Origin.DEFAULT)));
        return origins;
    }
}
