package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import org.jspecify.annotations.Nullable;

/** Makes the extensions of one type. */
public interface ExtensionFactory {

    /** The type as configs spell it, for example {@code basicauth}. */
    String type();

    /**
     * Prepares an extension without disturbing {@code previous}, the running one with the same id, if there is one: a
     * port or a lock can be taken over at commit.
     */
    Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure;
}
