package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.HttpVerdict;
import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends metrics by remote write 1.0, request after request, since Prometheus takes a series' samples in order only. */
final class RemoteWriteExporter implements Exporter {
    private static final Progress NOTHING = new Progress(new WeakReference<>(null), 0);

    private final HttpSender sender;
    private final URI url;
    private final String endpoint;
    private final Map<String, String> headers;
    private final WriteRequests requests;
    private final Timer timer;
    private final UnconvertibleCounters counters;

    /** How far the payload that is being retried had come: what Prometheus has already, it would refuse now. */
    private volatile Progress progress = NOTHING;

    private record Progress(WeakReference<Payload> payload, int partsSent) {}

    RemoteWriteExporter(
            HttpSender sender,
            URI url,
            String endpoint,
            String userAgent,
            WriteRequests requests,
            Timer timer,
            UnconvertibleCounters counters) {
        this.sender = sender;
        this.url = url;
        this.endpoint = endpoint;
        this.requests = requests;
        this.timer = timer;
        this.counters = counters;
        this.headers = Map.of(
                "Content-Type", "application/x-protobuf",
                "Content-Encoding", "snappy",
                "X-Prometheus-Remote-Write-Version", "0.1.0",
                "User-Agent", userAgent);
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        WriteRequests.Parts parts;
        try {
            parts = requests.of(new ProtoReader(payload.bytes()));
        } catch (MalformedPayload e) {
            payload.release();
            delivery.failed(
                    Refusal.permanent(DropReason.NOT_CONVERTIBLE, "the metrics cannot be read: " + e.getMessage()));
            return;
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "the metrics cannot be converted: " + e));
            return;
        }
        Progress known = progress;
        boolean retried = known.payload().refersTo(payload);
        send(parts, retried ? known.partsSent() : 0, payload, delivery);
    }

    private void send(WriteRequests.Parts parts, int at, Payload payload, Delivery delivery) {
        if (at == parts.bodies().size()) {
            payload.release();
            progress = NOTHING;
            complete(parts, delivery);
            return;
        }
        byte[] body = parts.bodies().get(at);
        try {
            sender.post(
                    url,
                    headers,
                    body,
                    body.length,
                    response -> {
                        if (HttpVerdict.isSuccess(response)) {
                            send(parts, at + 1, payload, delivery);
                        } else {
                            fail(payload, at, delivery, refusal(response));
                        }
                    },
                    failure ->
                            fail(payload, at, delivery, Refusal.retryable(DropReason.BACKEND_REFUSED, failure, null)));
        } catch (RuntimeException e) {
            fail(payload, at, delivery, Refusal.permanent(DropReason.COMPONENT_FAILURE, "cannot make a request: " + e));
        }
    }

    private void fail(Payload payload, int at, Delivery delivery, Refusal refusal) {
        progress = refusal.isRetryable() ? new Progress(new WeakReference<>(payload), at) : NOTHING;
        payload.release();
        delivery.failed(refusal);
    }

    private Refusal refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        boolean retryable = status >= 500 || status == 429;
        return HttpVerdict.refusal(response, retryable, HttpVerdict.excerpt(response.body()), timer.now());
    }

    private void complete(WriteRequests.Parts parts, Delivery delivery) {
        Map<Unconvertible, Long> dropped = parts.dropped();
        if (dropped.isEmpty()) {
            delivery.delivered();
            return;
        }
        counters.add(dropped);
        String message = dropped.entrySet().stream()
                .map(entry ->
                        entry.getValue() + " data points " + entry.getKey().words())
                .collect(Collectors.joining(", ", "not expressible in remote write: ", ""));
        if (parts.bodies().isEmpty()) {
            delivery.failed(Refusal.permanent(DropReason.NOT_CONVERTIBLE, message));
        } else {
            delivery.partlyDelivered(
                    dropped.values().stream().mapToLong(Long::longValue).sum(), message);
        }
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
