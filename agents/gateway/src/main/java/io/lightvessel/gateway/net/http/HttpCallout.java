package io.lightvessel.gateway.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;

/**
 * A request to be sent.
 *
 * @param headers without Host, Content-Length and those about the connection, which are the client's
 * @param body empty for none; whoever is given the callout owns one reference
 * @param timeout for everything, from connecting to the response's last byte
 */
public record HttpCallout(HttpMethod method, URI uri, HttpHeaders headers, ByteBuf body, Duration timeout) {

    /** The request line's path and query. */
    String target() {
        String path = uri.getRawPath();
        String target = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? target : target + "?" + uri.getRawQuery();
    }
}
