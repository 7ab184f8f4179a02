package io.lightvessel.config;

import java.util.Set;

/** What one component type accepts: the signals it can carry and its keys. */
public record ComponentSchema(ComponentKind kind, String type, Set<Signal> signals, String doc, ObjectSchema keys) {

    public ComponentSchema {
        signals = Set.copyOf(signals);
    }
}
