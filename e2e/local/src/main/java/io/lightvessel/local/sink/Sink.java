package io.lightvessel.local.sink;

import java.io.IOException;
import java.time.Clock;

/** The built-in sink, listening. */
public final class Sink implements AutoCloseable {

    private static final int BODY_LIMIT = 64 << 20;
    private final GrpcEndpoint grpc;
    private final HttpEndpoint http;

    private Sink(GrpcEndpoint grpc, HttpEndpoint http) {
        this.grpc = grpc;
        this.http = http;
    }

    /** Starts on two ports of loopback; 0 takes any free one. */
    public static Sink start(int grpcPort, int httpPort) throws IOException {
        Store store = new Store(Clock.systemUTC());
        Otlp otlp = new Otlp(store);
        GrpcEndpoint grpc = new GrpcEndpoint(grpcPort, otlp, BODY_LIMIT);
        try {
            return new Sink(grpc, new HttpEndpoint(httpPort, store, otlp, BODY_LIMIT));
        } catch (IOException e) {
            grpc.close();
            throw e;
        }
    }

    public int grpcPort() {
        return grpc.port();
    }

    public int httpPort() {
        return http.port();
    }

    @Override
    public void close() {
        grpc.close();
        http.close();
    }
}
