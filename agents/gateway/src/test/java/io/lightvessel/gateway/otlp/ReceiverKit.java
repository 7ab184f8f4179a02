package io.lightvessel.gateway.otlp;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.time.Duration;

/** A running receiver on free ports and everything a test wants to reach of it. */
final class ReceiverKit implements AutoCloseable {
    static final String BOTH = """
            otlp:
              protocols:
                grpc: {endpoint: "127.0.0.1:0"}
                http: {endpoint: "127.0.0.1:0"}
            """;

    final Transport transport = new Transport(2);
    final TestContext context;
    final OtlpReceiverFactory factory;
    Receiver receiver;

    ReceiverKit() throws ComponentFailure {
        this(BOTH, 256L << 20, Timeouts.DEFAULT);
    }

    ReceiverKit(String yaml, long budget, Timeouts timeouts) throws ComponentFailure {
        this(yaml, new TestContext("otlp", budget), timeouts);
    }

    ReceiverKit(String yaml, TestContext context, Timeouts timeouts) throws ComponentFailure {
        this.context = context;
        factory = new OtlpReceiverFactory(transport, timeouts);
        Prepared<Receiver> prepared = factory.prepare(context, TestContext.settings("receivers", "otlp", yaml), null);
        prepared.commit();
        receiver = prepared.component();
    }

    int grpcPort() {
        return HostPort.parse(receiver.endpoints().get("grpc")).port();
    }

    int httpPort() {
        return HostPort.parse(receiver.endpoints().get("http")).port();
    }

    @Override
    public void close() {
        receiver.stop(Duration.ofMillis(500));
        transport.close();
    }
}
