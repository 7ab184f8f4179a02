package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import org.jspecify.annotations.Nullable;

/** Makes the receivers of one type. */
public interface ReceiverFactory {

    /** The type as configs spell it, for example {@code otlp}. */
    String type();

    /**
     * Prepares a receiver without disturbing {@code previous}, the running one with the same id, if there is one: its
     * listening sockets and open connections can be taken over at commit.
     */
    Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure;
}
