package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import java.nio.file.Path;

/** Gives components directories of their own that outlive the process. */
public interface StorageExtension extends Extension {

    /**
     * The directory of one component for one purpose, made if it was missing; the same after every start. It belongs to
     * this process alone as long as the extension runs.
     */
    Path directory(ComponentKind kind, ComponentId id, String purpose) throws ComponentFailure;

    /** Whether what is answered for has to survive a loss of power and not only the end of the process. */
    boolean isSynced();
}
