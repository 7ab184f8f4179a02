package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets and ConfigMaps that a test makes up. */
final class KnownReferences implements MonitorReferences {

    private final Map<Reference, String> values = new HashMap<>();

    KnownReferences secret(String namespace, String name, String key, String value) {
        values.put(new Reference(new Holder(Kind.SECRET, namespace, name), key), value);
        return this;
    }

    KnownReferences configMap(String namespace, String name, String key, String value) {
        values.put(new Reference(new Holder(Kind.CONFIG_MAP, namespace, name), key), value);
        return this;
    }

    @Override
    public Optional<String> value(Reference reference) {
        return Optional.ofNullable(values.get(reference));
    }
}
