package io.lightvessel.config;

import java.util.Set;

/**
 * What one component type accepts: the signals it can carry and its keys.
 *
 * @param doc one sentence for people who choose a component
 * @param rule what has to hold between its keys
 * @param capabilities what it can do for components that name it; empty but for extensions
 */
public record ComponentSchema(
        ComponentKind kind,
        String type,
        Stability stability,
        Set<Signal> signals,
        String doc,
        ObjectSchema keys,
        ComponentRule rule,
        Set<ExtensionCapability> capabilities) {

    public ComponentSchema {
        signals = Set.copyOf(signals);
        capabilities = Set.copyOf(capabilities);
    }

    /** A component that no other names. */
    public ComponentSchema(
            ComponentKind kind,
            String type,
            Stability stability,
            Set<Signal> signals,
            String doc,
            ObjectSchema keys,
            ComponentRule rule) {
        this(kind, type, stability, signals, doc, keys, rule, Set.of());
    }
}
