package io.lightvessel.gateway.testing;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.otlp.OtlpReceiverFactory;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.time.Duration;

/** An OTLP server to export to, whose answers a test decides. */
public final class Backend implements AutoCloseable {
    private final Transport transport = new Transport(1);
    public final TestContext context = new TestContext("otlp", 256L << 20);
    private final Receiver receiver;

    public Backend() throws ComponentFailure {
        this(0, 0);
    }

    public Backend(int grpcPort, int httpPort) throws ComponentFailure {
        Prepared<Receiver> prepared = new OtlpReceiverFactory(transport)
                .prepare(context, TestContext.settings("receivers", "otlp", """
                otlp:
                  protocols:
                    grpc: {endpoint: "127.0.0.1:%d"}
                    http: {endpoint: "127.0.0.1:%d"}
                """.formatted(grpcPort, httpPort)), null);
        prepared.commit();
        receiver = prepared.component();
    }

    public int grpcPort() {
        return HostPort.parse(receiver.endpoints().get("grpc")).port();
    }

    public int httpPort() {
        return HostPort.parse(receiver.endpoints().get("http")).port();
    }

    @Override
    public void close() {
        receiver.stop(Duration.ofMillis(500));
        transport.close();
    }
}
