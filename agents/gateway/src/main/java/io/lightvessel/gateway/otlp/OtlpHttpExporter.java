package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.gateway.net.HttpAnswer;
import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.HttpVerdict;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends payloads to an OTLP/HTTP server as the protobuf bytes they are. */
final class OtlpHttpExporter implements Exporter {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpHttpExporter.class);
    private static final int STATUS_MESSAGE = 2 << 3 | ProtoWriter.LEN;

    private final String id;
    private final HttpSender sender;
    private final Map<Signal, URI> urls;
    private final String endpoint;
    private final BodyEncoding encoding;
    private final Map<String, String> headers;
    private final Timer timer;

    OtlpHttpExporter(
            String id,
            HttpSender sender,
            Map<Signal, URI> urls,
            String endpoint,
            BodyEncoding encoding,
            String userAgent,
            Timer timer) {
        this.id = id;
        this.sender = sender;
        this.urls = new EnumMap<>(urls);
        this.endpoint = endpoint;
        this.encoding = encoding;
        this.timer = timer;
        Map<String, String> own = new HashMap<>();
        own.put("Content-Type", OtlpHttpService.PROTOBUF);
        own.put("User-Agent", userAgent);
        if (encoding != BodyEncoding.NONE) {
            own.put("Content-Encoding", encoding.header());
        }
        this.headers = Map.copyOf(own);
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        URI url = urls.get(payload.signal());
        if (url == null) {
            payload.release();
            delivery.failed(Refusal.permanent(
                    DropReason.NOT_CONVERTIBLE,
                    "no URL for " + payload.signal().label() + " (expected: endpoint or "
                            + payload.signal().label() + "_endpoint)"));
            return;
        }
        try {
            sender.post(
                    url,
                    headers,
                    payload.metadata(),
                    body(payload),
                    response -> {
                        // Until now, since the budget must count these bytes while they wait to be written.
                        payload.release();
                        complete(response, delivery);
                    },
                    failure -> {
                        payload.release();
                        delivery.failed(Refusal.retryable(DropReason.BACKEND_REFUSED, failure, null));
                    });
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "cannot make a request: " + e));
        }
    }

    private ByteBuf body(Payload payload) {
        if (encoding == BodyEncoding.NONE) {
            return payload.bytes().retainedDuplicate();
        }
        ByteBuf packed = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(256, payload.size() / 3));
        encoding.pack(payload.bytes(), packed);
        return packed;
    }

    private void complete(HttpAnswer response, Delivery delivery) {
        if (!HttpVerdict.isSuccess(response)) {
            boolean retryable = switch (response.statusCode()) {
                case 429, 502, 503, 504 -> true;
                default -> false;
            };
            delivery.failed(HttpVerdict.refusal(response, retryable, detail(response), timer.now()));
            return;
        }
        try {
            PartialSuccess partial =
                    isProtobuf(response) ? PartialSuccess.of(response.body()) : new PartialSuccess(0, "");
            OtlpGrpcExporter.finish(id, partial, delivery);
        } catch (MalformedPayload e) {
            LOG.warn("{}: the backend's response cannot be read, counted as success: {}", id, e.getMessage());
            delivery.delivered();
        }
    }

    /** The message of the {@code google.rpc.Status} that OTLP demands, or what else the backend wrote. */
    private static String detail(HttpAnswer response) {
        if (isProtobuf(response)) {
            try {
                ProtoReader reader = new ProtoReader(Unpooled.wrappedBuffer(response.body()));
                for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
                    if (tag == STATUS_MESSAGE) {
                        return reader.string();
                    }
                    reader.skipField(tag);
                }
                return "";
            } catch (MalformedPayload e) {
                return "";
            }
        }
        return HttpVerdict.excerpt(response.body());
    }

    private static boolean isProtobuf(HttpAnswer response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(OtlpHttpService.PROTOBUF))
                .isPresent();
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
        sender.close(grace);
    }
}
