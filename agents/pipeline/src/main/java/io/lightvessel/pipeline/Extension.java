package io.lightvessel.pipeline;

import java.time.Duration;

/**
 * Something beside the pipelines that components or people use: credentials, storage, a health endpoint. What it can do
 * for components it says by implementing {@link ServerAuthenticator}, {@link ClientAuthenticator} or
 * {@link StorageExtension}.
 */
public interface Extension {

    /** Lets go of what it holds; components that used it have stopped by then. May block. */
    default void stop(Duration grace) {
        // Many extensions hold nothing.
    }
}
