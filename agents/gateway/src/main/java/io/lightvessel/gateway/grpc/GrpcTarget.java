package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.HostPort;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC client connects to.
 *
 * @param tls null for cleartext
 * @param serverName the name expected in the server's certificate
 */
public record GrpcTarget(HostPort address, @Nullable SslContext tls, String serverName) {

    String scheme() {
        return tls == null ? "http" : "https";
    }
}
