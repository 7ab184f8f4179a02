package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.TlsContexts;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC client connects to.
 *
 * @param tls null for cleartext
 * @param serverName the name expected in the server's certificate
 * @param authority how requests name the server
 */
public record GrpcTarget(HostPort address, @Nullable TlsContexts tls, String serverName, String authority) {

    String scheme() {
        return tls == null ? "http" : "https";
    }
}
