package io.lightvessel.config;

import java.util.List;
import java.util.Optional;

/** The keys of a component or of one of its sections, in the order of its documentation. */
public record ObjectSchema(List<KeySchema> keys) {

    public ObjectSchema {
        keys = List.copyOf(keys);
    }

    public Optional<KeySchema> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }
}
