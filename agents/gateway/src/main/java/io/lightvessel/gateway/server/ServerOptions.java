package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * One listener's address and limits, read from the keys that receivers share: the Collector's {@code configgrpc} and
 * {@code confighttp}.
 *
 * @param address host and port as configured
 * @param maxBodyBytes the largest body, packed or unpacked
 * @param maxStreams how many requests a connection may have under way
 */
public record ServerOptions(
        String address,
        int maxBodyBytes,
        long maxStreams,
        KeepAlive keepAlive,
        @Nullable SslContext tls) {

    /** What OTLP recommends, and enough for everybody else. */
    private static final int DEFAULT_MAX_BODY = 64 << 20;

    private static final long DEFAULT_MAX_STREAMS = 256;

    public static ServerOptions grpc(Settings grpc) throws ComponentFailure {
        long mebibytes = grpc.has("max_recv_msg_size_mib") ? grpc.integer("max_recv_msg_size_mib") : 0;
        long streams = grpc.has("max_concurrent_streams") ? grpc.integer("max_concurrent_streams") : 0;
        return new ServerOptions(
                grpc.string("endpoint"),
                limit(mebibytes << 20),
                streams == 0 ? DEFAULT_MAX_STREAMS : streams,
                KeepAlive.of(grpc),
                ServerTls.of(grpc, ApplicationProtocolNames.HTTP_2));
    }

    public static ServerOptions http(Settings http) throws ComponentFailure {
        long bytes = http.has("max_request_body_size") ? http.integer("max_request_body_size") : 0;
        return new ServerOptions(
                http.string("endpoint"),
                limit(bytes),
                DEFAULT_MAX_STREAMS,
                KeepAlive.DEFAULT,
                ServerTls.of(http, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
    }

    /** Zero stands for the default, as in the Collector. */
    private static int limit(long bytes) {
        return bytes <= 0 ? DEFAULT_MAX_BODY : (int) Math.min(bytes, Integer.MAX_VALUE - 16);
    }
}
