package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.net.HttpAnswer;
import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.HttpVerdict;
import io.lightvessel.gateway.net.PartAnswer;
import io.lightvessel.gateway.net.PartSender;
import io.lightvessel.gateway.net.Progress;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sends logs to Loki's push API; the requests of one payload go out one after another, to keep lines in order. */
final class LokiExporter implements Exporter {
    private static final String TENANT = "X-Scope-OrgID";

    private final HttpSender sender;
    private final URI url;
    private final String endpoint;
    private final Map<String, String> headers;
    private final PushRequests requests;
    private final Timer timer;
    private final LokiCounters counters;
    private final Progress progress = new Progress();

    LokiExporter(
            HttpSender sender,
            URI url,
            String endpoint,
            String userAgent,
            PushRequests requests,
            Timer timer,
            LokiCounters counters) {
        this.sender = sender;
        this.url = url;
        this.endpoint = endpoint;
        this.requests = requests;
        this.timer = timer;
        this.counters = counters;
        this.headers =
                Map.of("Content-Type", "application/x-protobuf", "Content-Encoding", "snappy", "User-Agent", userAgent);
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        try {
            PushRequests.Parts made = requests.of(payload.bytes(), timer.now());
            new PartSender<PushRequests.Part>(
                            payload,
                            made.parts(),
                            PushRequests.Part::records,
                            1,
                            progress,
                            (part, answered) -> post(part, payload, answered),
                            outcome -> end(outcome, made, payload, delivery))
                    .start();
        } catch (MalformedPayload e) {
            payload.release();
            delivery.failed(
                    Refusal.permanent(DropReason.NOT_CONVERTIBLE, "the logs cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "the logs cannot be converted: " + e));
        }
    }

    private void post(PushRequests.Part part, Payload payload, Consumer<PartAnswer> answered) {
        Map<String, String> own = headers;
        if (!part.tenant().isEmpty()) {
            own = new HashMap<>(headers);
            own.put(TENANT, part.tenant());
        }
        try {
            sender.post(
                    url,
                    own,
                    payload.metadata(),
                    part.body(),
                    part.body().length,
                    response -> answered.accept(answer(response, part)),
                    failure -> answered.accept(
                            new PartAnswer.Again(Refusal.retryable(DropReason.BACKEND_REFUSED, failure, null))));
        } catch (RuntimeException e) {
            answered.accept(new PartAnswer.Done(part.records(), "cannot make a request: " + e));
        }
    }

    private PartAnswer answer(HttpAnswer response, PushRequests.Part part) {
        int status = response.statusCode();
        if (HttpVerdict.isSuccess(response)) {
            return new PartAnswer.Done(0, "");
        }
        String excerpt = HttpVerdict.excerpt(response.body());
        if (status >= 500 || status == 429) {
            return new PartAnswer.Again(HttpVerdict.refusal(response, true, excerpt, timer.now()));
        }
        String message = "HTTP status " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
        // Lines too old, too long or of too many labels are the request's own fault; the next may have none.
        return status == 400 || status == 413 || status == 422
                ? new PartAnswer.Done(part.records(), message)
                : new PartAnswer.Hopeless(message);
    }

    private void end(PartSender.Outcome outcome, PushRequests.Parts made, Payload payload, Delivery delivery) {
        payload.release();
        switch (outcome) {
            case PartSender.Outcome.OtherForm other ->
                delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, other.message()));
            case PartSender.Outcome.Retry retry -> delivery.failed(retry.refusal());
            case PartSender.Outcome.Finished finished -> finish(finished, made, delivery);
        }
    }

    private void finish(PartSender.Outcome.Finished finished, PushRequests.Parts made, Delivery delivery) {
        counters.dropped(made.dropped());
        long sent = made.parts().stream().mapToLong(PushRequests.Part::records).sum();
        long dropped =
                made.dropped().values().stream().mapToLong(Long::longValue).sum();
        if (finished.rejected() == 0 && dropped == 0) {
            delivery.delivered();
            return;
        }
        List<String> words = new ArrayList<>();
        if (finished.rejected() > 0) {
            words.add(finished.message());
        }
        made.dropped().forEach((reason, records) -> words.add(records + " log records " + reason.words()));
        String message = String.join("; ", words);
        if (finished.rejected() >= sent) {
            DropReason reason = sent > 0 ? DropReason.PERMANENT_FAILURE : DropReason.NOT_CONVERTIBLE;
            delivery.failed(Refusal.permanent(reason, message));
        } else {
            delivery.partlyDelivered(finished.rejected() + dropped, message);
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
