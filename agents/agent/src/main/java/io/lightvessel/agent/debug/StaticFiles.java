package io.lightvessel.agent.debug;

import io.lightvessel.wire.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The UI's files out of the jar; a closed list, so no path can lead anywhere else. */
final class StaticFiles {
    private static final List<String> NAMES = List.of(
            "index.html",
            "sign-in.html",
            "style.css",
            "icon.svg",
            "theme.js",
            "app.js",
            "api.js",
            "dom.js",
            "format.js",
            "layout.js",
            "overview.js",
            "graph.js",
            "details.js",
            "ledger.js",
            "targets.js",
            "cluster.js",
            "tail.js",
            "profiles.js",
            "flame-graph.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private record File(String type, byte[] content, String etag) {}

    private final Map<String, File> files = new HashMap<>();

    StaticFiles() {
        for (String name : NAMES) {
            byte[] content = read(name);
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
            files.put(
                    "/" + name,
                    new File(type, content, "\"" + Digests.sha256Hex(content).substring(0, 16) + "\""));
        }
    }

    /** @param known the browser's {@code If-None-Match} */
    Optional<Reply> get(String path, @Nullable String known) {
        File file = files.get(path);
        if (file == null) {
            return Optional.empty();
        }
        // Asked for again every time and answered from the ETag, so that a new version is never mixed with an old one.
        Map<String, String> headers = Map.of("ETag", file.etag(), "Cache-Control", "no-cache");
        return Optional.of(
                file.etag().equals(known)
                        ? new Reply(304, "", new byte[0], headers)
                        : new Reply(200, file.type(), file.content(), headers));
    }

    private static byte[] read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the agent's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
