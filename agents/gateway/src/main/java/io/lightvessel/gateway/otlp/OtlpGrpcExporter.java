package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.grpc.GrpcChannel;
import io.lightvessel.gateway.grpc.GrpcOutcome;
import io.lightvessel.gateway.grpc.GrpcRequest;
import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends payloads to an OTLP/gRPC server as the wire bytes they are. */
final class OtlpGrpcExporter implements Exporter {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpGrpcExporter.class);

    private final String id;
    private final GrpcChannel channel;
    private final Map<String, String> headers;
    private final @Nullable ClientAuthenticator authenticator;
    private final String endpoint;
    private final BodyEncoding encoding;
    private final Duration timeout;

    /** @param authenticator asked for credentials before every request; null for none */
    OtlpGrpcExporter(
            String id,
            GrpcChannel channel,
            Map<String, String> headers,
            @Nullable ClientAuthenticator authenticator,
            String endpoint,
            BodyEncoding encoding,
            Duration timeout) {
        this.id = id;
        this.channel = channel;
        this.headers = headers;
        this.authenticator = authenticator;
        this.endpoint = endpoint;
        this.encoding = encoding;
        this.timeout = timeout;
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        GrpcRequest request;
        try {
            Map<String, String> credentials = credentials(payload);
            ByteBuf message = encoding == BodyEncoding.NONE ? payload.bytes().retainedDuplicate() : packed(payload);
            request = new GrpcRequest(path(payload.signal()), message, encoding, timeout, credentials, outcome -> {
                // Until now, since the budget must count these bytes while they wait to be written.
                payload.release();
                complete(outcome, delivery);
            });
        } catch (ComponentFailure e) {
            payload.release();
            delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "no credentials: " + e.getMessage(), null));
            return;
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "cannot make a request: " + e));
            return;
        }
        channel.call(request);
    }

    /** Null when headers never change. */
    private @Nullable Map<String, String> credentials(Payload payload) throws ComponentFailure {
        if (authenticator == null) {
            return null;
        }
        Map<String, String> changed = new HashMap<>(headers);
        authenticator.authenticate(payload.metadata(), changed);
        return changed;
    }

    private ByteBuf packed(Payload payload) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(256, payload.size() / 3));
        encoding.pack(payload.bytes(), out);
        return out;
    }

    private void complete(GrpcOutcome outcome, Delivery delivery) {
        if (outcome.status() != GrpcStatus.OK) {
            String message = outcome.status() + ": " + outcome.message();
            delivery.failed(
                    outcome.isRetryable()
                            ? Refusal.retryable(DropReason.BACKEND_REFUSED, message, outcome.retryDelay())
                            : Refusal.permanent(DropReason.PERMANENT_FAILURE, message));
            return;
        }
        try {
            finish(id, PartialSuccess.of(outcome.response()), delivery);
        } catch (MalformedPayload e) {
            LOG.warn("{}: the backend's response cannot be read, counted as success: {}", id, e.getMessage());
            delivery.delivered();
        }
    }

    static void finish(String id, PartialSuccess partial, Delivery delivery) {
        if (partial.rejected() > 0) {
            delivery.partlyDelivered(partial.rejected(), partial.message());
            return;
        }
        if (!partial.message().isEmpty()) {
            LOG.warn("{}: the backend took everything and warns: {}", id, partial.message());
        }
        delivery.delivered();
    }

    private static String path(Signal signal) {
        return switch (signal) {
            case TRACES -> "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
            case METRICS -> "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
            case LOGS -> "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
            case PROFILES -> "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export";
        };
    }

    @Override
    public boolean isPrompt() {
        return encoding == BodyEncoding.NONE;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void stop(Duration grace) {
        channel.close(grace);
    }
}
