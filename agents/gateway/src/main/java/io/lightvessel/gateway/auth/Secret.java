package io.lightvessel.gateway.auth;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;

/** One value that is written in the config or kept in a file. */
@FunctionalInterface
interface Secret {

    /** The value as of now. */
    String get();

    /** @param key the key that holds the value; {@code fileKey} the one that names the file, of which one is set */
    static Secret of(Settings settings, String key, String fileKey, Timer timer) throws ComponentFailure {
        if (settings.has(key)) {
            String value = settings.string(key);
            return () -> value;
        }
        WatchedFile file = WatchedFile.open(fileKey, settings.string(fileKey), timer);
        return () -> file.text().strip();
    }
}
