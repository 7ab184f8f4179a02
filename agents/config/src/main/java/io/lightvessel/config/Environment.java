package io.lightvessel.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where {@code ${env:NAME}} placeholders find their values. */
@FunctionalInterface
public interface Environment {

    /**
     * The control plane's view: values are known in the cluster only, so placeholders stay as they are and pass every
     * type check. Settings parsed with it are for looking at, not for running.
     */
    Environment UNRESOLVED = name -> null;

    @Nullable
    String lookup(String name);

    /** The variables of this process. */
    static Environment ofProcess() {
        return System::getenv;
    }

    static Environment of(Map<String, String> variables) {
        return Map.copyOf(variables)::get;
    }
}
