package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.PartAnswer;
import io.lightvessel.gateway.net.PartSender;
import io.lightvessel.gateway.net.Progress;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics by remote write; the engine keeps payloads whose order matters apart, since Prometheus takes a series'
 * samples in order only. The requests of an OTLP payload have no series in common and go out side by side; scraped series
 * go to a {@link SeriesSender}.
 */
final class RemoteWriteExporter implements Exporter {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteExporter.class);

    private static final Set<PayloadForm> FORMS = Set.of(PayloadForm.OTLP, PayloadForm.SERIES);

    private final String id;
    private final HttpSender sender;
    private final URI url;
    private final String endpoint;
    private final Map<Protocol, Map<String, String>> headers = new EnumMap<>(Protocol.class);
    private final WriteRequests requests;
    private final int parallelism;
    private final Negotiation negotiation;
    private final WriteAnswers answers;
    private final WriteCounters counters;
    private final Progress progress = new Progress();
    private final SeriesGatherer series;

    RemoteWriteExporter(
            String id,
            HttpSender sender,
            URI url,
            String endpoint,
            String userAgent,
            WriteRequests requests,
            SeriesRequests seriesRequests,
            Duration sendDeadline,
            int parallelism,
            Negotiation negotiation,
            WriteAnswers answers,
            WriteCounters counters,
            Timer timer) {
        this.id = id;
        this.sender = sender;
        this.url = url;
        this.endpoint = endpoint;
        this.requests = requests;
        this.parallelism = parallelism;
        this.negotiation = negotiation;
        this.answers = answers;
        this.counters = counters;
        this.series = new SeriesGatherer(
                seriesRequests.mergeable(),
                sendDeadline,
                () -> negotiation.isSettled() ? parallelism : 1,
                timer,
                new SeriesSender(seriesRequests, negotiation, this::fellBack, this::post)::send);
        for (Protocol protocol : Protocol.values()) {
            headers.put(
                    protocol,
                    Map.of(
                            "Content-Type",
                            protocol.contentType(),
                            "Content-Encoding",
                            "snappy",
                            "X-Prometheus-Remote-Write-Version",
                            protocol.version(),
                            "User-Agent",
                            userAgent));
        }
    }

    @Override
    public Set<PayloadForm> forms() {
        return FORMS;
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        if (payload.form() == PayloadForm.SERIES) {
            series.add(new SeriesGatherer.Item(payload, delivery));
            return;
        }
        export(payload, negotiation.protocol(), delivery);
    }

    private void export(Payload payload, Protocol protocol, Delivery delivery) {
        try {
            WriteRequests.Parts made = requests.of(payload.bytes(), protocol);
            int atOnce = negotiation.isSettled() ? parallelism : 1;
            new PartSender<WriteRequests.Part>(
                            payload,
                            made.parts(),
                            part -> part.contents().points(),
                            atOnce,
                            progress,
                            (part, answered) -> post(part, protocol, payload, answered),
                            outcome -> end(outcome, made, payload, delivery))
                    .start();
        } catch (MalformedPayload e) {
            payload.release();
            delivery.failed(
                    Refusal.permanent(DropReason.NOT_CONVERTIBLE, "the metrics cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            payload.release();
            delivery.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, "the metrics cannot be converted: " + e));
        }
    }

    private void post(WriteRequests.Part part, Protocol protocol, Payload payload, Consumer<PartAnswer> answered) {
        try {
            sender.post(
                    url,
                    headers.getOrDefault(protocol, Map.of()),
                    payload.metadata(),
                    part.body(),
                    part.body().length,
                    response -> answered.accept(answers.read(response, protocol, part.contents())),
                    failure -> answered.accept(
                            new PartAnswer.Again(Refusal.retryable(DropReason.BACKEND_REFUSED, failure, null))));
        } catch (RuntimeException e) {
            answered.accept(new PartAnswer.Hopeless("cannot make a request: " + e));
        }
    }

    private void end(PartSender.Outcome outcome, WriteRequests.Parts made, Payload payload, Delivery delivery) {
        switch (outcome) {
            case PartSender.Outcome.OtherForm other -> {
                fellBack(other.message());
                export(payload, Protocol.V1, delivery);
            }
            case PartSender.Outcome.Retry retry -> {
                payload.release();
                delivery.failed(retry.refusal());
            }
            case PartSender.Outcome.Finished finished -> {
                payload.release();
                finish(finished, made, delivery);
            }
        }
    }

    private void fellBack(String reason) {
        if (negotiation.refusedV2()) {
            LOG.info(
                    "{}: {} does not understand remote write 2.0 ({}), gets 1.0 for the next {} minutes",
                    id,
                    endpoint,
                    reason,
                    Negotiation.REMEMBERED.toMinutes());
        }
    }

    private void finish(PartSender.Outcome.Finished finished, WriteRequests.Parts made, Delivery delivery) {
        counters.dropped(made.dropped());
        long sent = made.parts().stream()
                .mapToLong(part -> part.contents().points())
                .sum();
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
        if (dropped > 0) {
            words.add(notExpressible(made.dropped()));
        }
        String message = String.join("; ", words);
        if (finished.rejected() >= sent) {
            DropReason reason = sent > 0 ? DropReason.PERMANENT_FAILURE : DropReason.NOT_CONVERTIBLE;
            delivery.failed(Refusal.permanent(reason, message));
        } else {
            delivery.partlyDelivered(finished.rejected() + dropped, message);
        }
    }

    private static String notExpressible(Map<Unconvertible, Long> dropped) {
        List<String> words = new ArrayList<>();
        dropped.forEach((reason, points) -> words.add(points + " data points " + reason.words()));
        return "not expressible in remote write: " + String.join(", ", words);
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void stop(Duration grace) {
        series.stop();
        sender.close(grace);
    }
}
