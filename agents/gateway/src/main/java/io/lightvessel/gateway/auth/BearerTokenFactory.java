package io.lightvessel.gateway.auth;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Prepared;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes {@code bearertokenauth} extensions. */
public final class BearerTokenFactory implements ExtensionFactory {

    @Override
    public String type() {
        return "bearertokenauth";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        return Prepared.ready(
                new BearerToken(settings.string("header"), settings.string("scheme"), tokens(context, settings)));
    }

    private static Supplier<List<String>> tokens(ExtensionContext context, Settings settings) throws ComponentFailure {
        if (settings.has("filename")) {
            WatchedFile file = WatchedFile.open("filename", settings.string("filename"), context.timer());
            if (lines(file).isEmpty()) {
                throw new ComponentFailure(
                        "filename: " + settings.string("filename") + " holds no token (expected: one on each line)");
            }
            return () -> lines(file);
        }
        List<String> tokens = settings.has("token") ? List.of(settings.string("token")) : settings.strings("tokens");
        for (String token : tokens) {
            if (token.isBlank() || !Headers.isSafe(token)) {
                throw new ComponentFailure("a token is empty or has control characters (expected: printable text)");
            }
        }
        return () -> tokens;
    }

    private static List<String> lines(WatchedFile file) {
        return file.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
