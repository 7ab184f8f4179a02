package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.relabel.LabelSet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts a target's URL together, escaped as Go's {@code url.URL} does it. */
final class TargetUrl {

    private static final String PATH_CHARACTERS = "-_.~$&+,/:;=@";

    private TargetUrl() {}

    /** @param params the job's, whose first values {@code __param_*} replace */
    static String of(LabelSet internals, Map<String, List<String>> params) {
        StringBuilder url = new StringBuilder();
        url.append(internals.get(InternalLabels.SCHEME)).append("://").append(internals.get(InternalLabels.ADDRESS));
        String path = internals.get(InternalLabels.METRICS_PATH);
        if (!path.isEmpty() && !path.startsWith("/")) {
            url.append('/');
        }
        appendPath(url, path);
        String query = query(internals, params);
        return query.isEmpty() ? url.toString() : url.append('?').append(query).toString();
    }

    private static void appendPath(StringBuilder url, String path) {
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (alphanumeric || PATH_CHARACTERS.indexOf(c) >= 0) {
                url.append(c);
            } else {
                url.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
    }

    private static String query(LabelSet internals, Map<String, List<String>> params) {
        Map<String, List<String>> all = new TreeMap<>(params);
        for (int i = 0; i < internals.size(); i++) {
            if (!internals.name(i).startsWith(InternalLabels.PARAM_PREFIX)) {
                continue;
            }
            String name = internals.name(i).substring(InternalLabels.PARAM_PREFIX.length());
            List<String> values = new ArrayList<>(all.getOrDefault(name, List.of()));
            if (values.isEmpty()) {
                values.add(internals.value(i));
            } else {
                values.set(0, internals.value(i));
            }
            all.put(name, values);
        }
        StringBuilder query = new StringBuilder();
        all.forEach((name, values) -> {
            for (String value : values) {
                query.append(query.isEmpty() ? "" : "&").append(encode(name));
                query.append('=').append(encode(value));
            }
        });
        return query.toString();
    }

    /** Java leaves {@code *} as it is and escapes {@code ~}; Go does the opposite. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
