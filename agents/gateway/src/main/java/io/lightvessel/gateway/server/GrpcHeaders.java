package io.lightvessel.gateway.server;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a gRPC call as texts. */
record GrpcHeaders(Http2Headers headers) implements Visitor.Headers {

    @Override
    public @Nullable String get(String lowerCaseName) {
        CharSequence value = headers.get(lowerCaseName);
        return value == null ? null : value.toString();
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Map.Entry<String, String> next() {
                Map.Entry<CharSequence, CharSequence> header = all.next();
                return Map.entry(header.getKey().toString(), header.getValue().toString());
            }
        };
    }
}
