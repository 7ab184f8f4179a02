package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.auth.WatchedFile;
import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.nio.file.Path;

/** A secret as it is now. */
@FunctionalInterface
interface SecretSource {

    String get();

    /** Reads a file for the first time, which must succeed. */
    static SecretSource of(SecretText text, Timer timer) throws ComponentFailure {
        return switch (text) {
            case SecretText.Inline(String inline) -> () -> inline;
            case SecretText.InFile(Path path) -> {
                WatchedFile file = WatchedFile.open("file", path.toString(), timer);
                yield () -> file.text().strip();
            }
        };
    }
}
