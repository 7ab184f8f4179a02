package io.lightvessel.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One component as configured; equal values mean a running instance can be kept.
 *
 * @param extensions the extensions its settings name, which are part of what it is: it restarts when they change
 */
public record ComponentConfig(
        ComponentKind kind, ComponentId id, Settings settings, SortedMap<ComponentId, ComponentConfig> extensions) {

    public ComponentConfig {
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /** A component that names no extension. */
    public ComponentConfig(ComponentKind kind, ComponentId id, Settings settings) {
        this(kind, id, settings, Collections.emptySortedMap());
    }

    ComponentConfig with(SortedMap<ComponentId, ComponentConfig> needed) {
        return new ComponentConfig(kind, id, settings, needed);
    }
}
