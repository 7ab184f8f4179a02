package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of Prometheus' {@code http_headers}, which may have several values. */
public record HttpHeader(String name, List<SecretText> values) {

    public HttpHeader {
        values = List.copyOf(values);
    }

    static List<HttpHeader> listOf(Settings settings) {
        List<HttpHeader> headers = new ArrayList<>();
        for (Map.Entry<String, Settings> header :
                settings.sectionMap("http_headers").entrySet()) {
            List<SecretText> values = new ArrayList<>();
            header.getValue().strings("values").forEach(value -> values.add(new SecretText.Inline(value)));
            header.getValue().strings("secrets").forEach(value -> values.add(new SecretText.Inline(value)));
            header.getValue().strings("files").forEach(file -> values.add(new SecretText.InFile(Path.of(file))));
            headers.add(new HttpHeader(header.getKey(), values));
        }
        return List.copyOf(headers);
    }
}
