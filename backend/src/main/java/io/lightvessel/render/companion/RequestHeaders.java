package io.lightvessel.render.companion;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.text.Placeholders;
import io.lightvessel.render.text.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers by which one backend is let in at another: those with a fixed value, and secrets that come from elsewhere. */
final class RequestHeaders {
    private RequestHeaders() {}

    /** As Prometheus reads them, which knows no environment: secrets are in files, and only a credential can be one. */
    static void prometheus(Map<String, Object> settings, Map<String, String> headers, String path, BackendFiles files) {
        Map<String, Object> fixed = new TreeMap<>();
        headers.forEach((name, value) -> {
            List<Placeholders.Part> parts = Placeholders.parts(value);
            if (parts.stream().allMatch(Placeholders.Part.Literal.class::isInstance)) {
                fixed.put(name, value);
            } else if (name.equalsIgnoreCase("Authorization")
                    && parts.getLast() instanceof Placeholders.Part.Variable variable) {
                String file = "/etc/prometheus/secrets/" + variable.name();
                settings.put(
                        "authorization",
                        Tree.of("type", value.startsWith("Basic ") ? "Basic" : "Bearer", "credentials_file", file));
                files.say(RenderFinding.needs(
                        path + ".headers",
                        "Prometheus reads secrets from files, not from its environment",
                        "mount what %s holds as %s".formatted(variable.name(), file)));
            } else {
                files.say(RenderFinding.leftOut(
                        path + ".headers",
                        "%s: Prometheus cannot take a header's value from its environment".formatted(name),
                        "a tenant that is written out, or a proxy that adds the header"));
            }
        });
        if (!fixed.isEmpty()) {
            settings.put("headers", fixed);
        }
    }

    /** As programs read them that expand their environment into their settings. */
    static Map<String, Object> expanding(Map<String, String> headers) {
        Map<String, Object> texts = new TreeMap<>();
        headers.forEach((name, value) -> texts.put(name, value.replace("${env:", "${")));
        return texts;
    }
}
