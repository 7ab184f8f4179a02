package io.lightvessel.local.sink;

import java.io.IOException;

/**
 * The sink as a process of its own: a flood of telemetry then cannot take down the supervisor, and the sink can be
 * killed to see what agents do without a backend.
 */
public final class SinkMain {

    private SinkMain() {}

    /** Arguments: gRPC port, HTTP port. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("sink: " + args.length + " arguments (expected: gRPC port, HTTP port)");
            System.exit(2);
        }
        Sink sink = Sink.start(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.err.println("sink listens: OTLP/gRPC 127.0.0.1:" + sink.grpcPort() + ", OTLP/HTTP, remote write and page"
                + " http://127.0.0.1:" + sink.httpPort());
    }
}
