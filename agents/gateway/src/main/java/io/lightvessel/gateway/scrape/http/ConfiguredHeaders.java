package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.HttpHeader;
import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Headers that a config adds to requests; those in files are read again when they change. */
final class ConfiguredHeaders {
    static final ConfiguredHeaders NONE = new ConfiguredHeaders(Map.of());

    private final Map<String, List<SecretSource>> headers;

    private ConfiguredHeaders(Map<String, List<SecretSource>> headers) {
        this.headers = headers;
    }

    static ConfiguredHeaders of(List<HttpHeader> headers, Timer timer) throws ComponentFailure {
        Map<String, List<SecretSource>> all = new LinkedHashMap<>();
        for (HttpHeader header : headers) {
            List<SecretSource> values = new ArrayList<>();
            for (SecretText value : header.values()) {
                values.add(SecretSource.of(value, timer));
            }
            all.put(header.name(), List.copyOf(values));
        }
        return new ConfiguredHeaders(all);
    }

    void forEach(BiConsumer<String, List<String>> action) {
        headers.forEach((name, values) ->
                action.accept(name, values.stream().map(SecretSource::get).toList()));
    }
}
