package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import java.nio.file.Path;
import java.time.Duration;

/** Gives components directories of their own that outlive the process. */
public interface StorageExtension extends Extension {

    /**
     * The directory of one component for one purpose, made if it was missing; the same after every start. Whoever
     * writes there locks it, as long as it is in use.
     */
    Path directory(ComponentKind kind, ComponentId id, String purpose) throws ComponentFailure;

    /** How long to wait for a directory that someone else still uses. */
    default Duration lockTimeout() {
        return Duration.ofSeconds(1);
    }

    /** Whether what is answered for has to survive a loss of power and not only the end of the process. */
    boolean isSynced();
}
