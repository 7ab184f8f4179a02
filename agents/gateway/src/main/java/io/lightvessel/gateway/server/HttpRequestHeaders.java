package io.lightvessel.gateway.server;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of an HTTP request, whatever its version. */
record HttpRequestHeaders(HttpHeaders headers) implements Visitor.Headers {

    @Override
    public @Nullable String get(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return headers.iteratorAsString();
    }
}
