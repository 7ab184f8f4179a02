package io.lightvessel.gateway.pyroscope;

import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.gateway.net.HttpAnswer;
import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.HttpVerdict;
import io.lightvessel.gateway.net.PartAnswer;
import io.lightvessel.gateway.net.PartSender;
import io.lightvessel.gateway.net.Progress;
import io.lightvessel.gateway.pprof.format.PprofFromOtlp;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Sends profiles to Pyroscope's push API, a request for each series, by unary calls of the Connect protocol. */
final class PyroscopeExporter implements Exporter {
    private static final int AT_ONCE = 4;
    private static final Set<PayloadForm> FORMS = Set.of(PayloadForm.PPROF, PayloadForm.OTLP);

    private final HttpSender sender;
    private final URI url;
    private final String endpoint;
    private final Map<String, String> headers;
    private final BodyEncoding encoding;
    private final Map<String, String> externalLabels;
    private final Timer timer;
    private final Progress progress = new Progress();
    private final PprofFromOtlp converter = new PprofFromOtlp();

    PyroscopeExporter(
            HttpSender sender,
            URI url,
            String endpoint,
            String userAgent,
            BodyEncoding encoding,
            Map<String, String> externalLabels,
            Timer timer) {
        this.sender = sender;
        this.url = url;
        this.endpoint = endpoint;
        this.encoding = encoding;
        this.externalLabels = Map.copyOf(externalLabels);
        this.timer = timer;
        Map<String, String> own = new HashMap<>(
                Map.of("Content-Type", "application/proto", "Connect-Protocol-Version", "1", "User-Agent", userAgent));
        if (encoding != BodyEncoding.NONE) {
            own.put("Content-Encoding", encoding.header());
        }
        this.headers = Map.copyOf(own);
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        try {
            List<PushPart> parts = parts(payload);
            new PartSender<PushPart>(
                            payload,
                            parts,
                            PushPart::records,
                            AT_ONCE,
                            progress,
                            (part, answered) -> post(part, payload, answered),
                            outcome -> end(outcome, parts, payload, delivery))
                    .start();
        } catch (MalformedPayload e) {
            payload.release();
            delivery.failed(
                    Refusal.permanent(DropReason.NOT_CONVERTIBLE, "the profiles cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "the profiles cannot be converted: " + e));
        }
    }

    private List<PushPart> parts(Payload payload) throws MalformedPayload {
        if (payload.form() == PayloadForm.PPROF) {
            return PushParts.of(payload.bytes(), payload.records(), externalLabels);
        }
        return converter.convert(payload.bytes(), externalLabels).stream()
                .map(push -> new PushPart(push.request(), push.profiles()))
                .toList();
    }

    private void post(PushPart part, Payload payload, Consumer<PartAnswer> answered) {
        try {
            byte[] body = pack(part.body());
            sender.post(
                    url,
                    headers,
                    payload.metadata(),
                    body,
                    body.length,
                    response -> answered.accept(answer(response, part)),
                    failure -> answered.accept(
                            new PartAnswer.Again(Refusal.retryable(DropReason.BACKEND_REFUSED, failure, null))));
        } catch (RuntimeException e) {
            answered.accept(new PartAnswer.Done(part.records(), "cannot make a request: " + e));
        }
    }

    private byte[] pack(byte[] body) {
        if (encoding == BodyEncoding.NONE) {
            return body;
        }
        ByteBuf out = Unpooled.buffer(body.length + 64);
        encoding.pack(Unpooled.wrappedBuffer(body), out);
        return ByteBufUtil.getBytes(out);
    }

    private PartAnswer answer(HttpAnswer response, PushPart part) {
        if (HttpVerdict.isSuccess(response)) {
            return new PartAnswer.Done(0, "");
        }
        ConnectError error = ConnectError.of(response);
        if (error.mayPass()) {
            Refusal asked = HttpVerdict.refusal(response, true, "", timer.now());
            return new PartAnswer.Again(
                    Refusal.retryable(DropReason.BACKEND_REFUSED, error.sentence(), asked.retryAfter()));
        }
        return error.isAboutContent()
                ? new PartAnswer.Done(part.records(), error.sentence())
                : new PartAnswer.Hopeless(error.sentence());
    }

    private static void end(PartSender.Outcome outcome, List<PushPart> parts, Payload payload, Delivery delivery) {
        payload.release();
        switch (outcome) {
            case PartSender.Outcome.OtherForm other ->
                delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, other.message()));
            case PartSender.Outcome.Retry retry -> delivery.failed(retry.refusal());
            case PartSender.Outcome.Finished finished -> {
                long sent = parts.stream().mapToLong(PushPart::records).sum();
                if (finished.rejected() == 0) {
                    delivery.delivered();
                } else if (finished.rejected() >= sent) {
                    delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, finished.message()));
                } else {
                    delivery.partlyDelivered(finished.rejected(), finished.message());
                }
            }
        }
    }

    @Override
    public Set<PayloadForm> forms() {
        return FORMS;
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
