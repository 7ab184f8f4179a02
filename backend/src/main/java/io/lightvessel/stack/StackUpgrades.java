package io.lightvessel.stack;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings documents of every published version to the current form, step by step. Stored revisions keep the form they were
 * saved in and are upgraded each time they are read.
 */
final class StackUpgrades {
    static final String V1ALPHA1 = "lightvessel.io/v1alpha1";
    static final String V1ALPHA2 = "lightvessel.io/v1alpha2";
    private static final String VERSION = "apiVersion";
    private static final String BACKENDS = "backends";
    private static final String DESTINATIONS = "destinations";

    private StackUpgrades() {}

    /**
     * Changes the document in place. One that does not say its version may be of any form: what only an older form has is
     * moved, the rest is as it was.
     */
    static ObjectNode apply(ObjectNode document) {
        JsonNode version = document.get(VERSION);
        if (version == null || version.isNull() || V1ALPHA1.equals(version.stringValue(null))) {
            toV1alpha2(document);
            document.put(VERSION, V1ALPHA2);
        }
        return document;
    }

    /** The four backends became destinations with a name and a type, and OTLP one of several receivers. */
    private static void toV1alpha2(ObjectNode document) {
        if (document.get(BACKENDS) instanceof ObjectNode backends) {
            destination(backends, "metrics", "PROMETHEUS");
            destination(backends, "traces", "TEMPO");
            destination(backends, "logs", "LOKI");
            destination(backends, "profiles", "PYROSCOPE");
        }
        if (document.get("gateway") instanceof ObjectNode gateway && gateway.has("otlp")) {
            ObjectNode receivers = child(gateway, "receivers");
            if (receivers != null && !receivers.has("otlp")) {
                receivers.set("otlp", gateway.remove("otlp"));
            }
        }
    }

    private static void destination(ObjectNode backends, String name, String type) {
        JsonNode old = backends.get(name);
        if (old == null) {
            return;
        }
        ObjectNode destinations = child(backends, DESTINATIONS);
        // A document that has both is of neither form; the old key stays and is reported as unknown.
        if (destinations == null || destinations.has(name)) {
            return;
        }
        backends.remove(name);
        if (old instanceof ObjectNode object) {
            object.put("type", type);
        }
        destinations.set(name, old);
    }

    private static @Nullable ObjectNode child(ObjectNode parent, String name) {
        JsonNode there = parent.get(name);
        if (there == null || there.isNull()) {
            return parent.putObject(name);
        }
        return there instanceof ObjectNode object ? object : null;
    }
}
