package io.lightvessel.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads health trees off the wire, bounded in size and depth, and finds what is wrong in them. */
final class HealthTrees {
    private static final int MAX_NODES = 500;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_TEXT = 1024;

    private int nodes;

    private HealthTrees() {}

    static ComponentHealth read(io.lightvessel.wire.opamp.ComponentHealth root) {
        return new HealthTrees().read("", root, 0);
    }

    private ComponentHealth read(String name, io.lightvessel.wire.opamp.ComponentHealth wire, int depth) {
        nodes++;
        List<ComponentHealth> parts = new ArrayList<>();
        if (depth < MAX_DEPTH) {
            // Sorted, so that the same tree always looks the same.
            new TreeMap<>(wire.getComponentHealthMapMap()).forEach((part, health) -> {
                if (nodes < MAX_NODES) {
                    parts.add(read(part, health, depth + 1));
                }
            });
        }
        return new ComponentHealth(
                Texts.bounded(name, MAX_TEXT),
                wire.getHealthy(),
                Texts.bounded(wire.getStatus(), MAX_TEXT),
                Texts.bounded(wire.getLastError(), MAX_TEXT),
                time(wire.getStatusTimeUnixNano()),
                parts);
    }

    private static @Nullable Instant time(long unixNanos) {
        return unixNanos <= 0 ? null : Instant.ofEpochSecond(0, unixNanos);
    }

    /** The first unhealthy part, as deep down as the tree says, with its error; null when all are healthy. */
    static @Nullable String complaint(ComponentHealth root) {
        return complaint(root, "");
    }

    private static @Nullable String complaint(ComponentHealth node, String path) {
        for (ComponentHealth part : node.components()) {
            String inside = complaint(part, path.isEmpty() ? part.name() : path + " / " + part.name());
            if (inside != null) {
                return inside;
            }
        }
        if (node.healthy()) {
            return null;
        }
        String error = node.lastError().isEmpty() ? node.status() : node.lastError();
        return (path.isEmpty() ? "Agent" : path) + ": " + (error.isEmpty() ? "not healthy" : error);
    }
}
