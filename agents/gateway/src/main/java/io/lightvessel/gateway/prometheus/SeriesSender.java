package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.PartAnswer;
import io.lightvessel.gateway.net.PartSender;
import io.lightvessel.gateway.net.Progress;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends scraped series: several small payloads in one request, or one payload in one request after another, since a
 * target's samples have to stay in order.
 */
final class SeriesSender {

    /** Posts one request and calls back once. */
    @FunctionalInterface
    interface Wire {
        void post(WriteRequests.Part part, Protocol protocol, Payload payload, Consumer<PartAnswer> answered);
    }

    private final SeriesRequests requests;
    private final Negotiation negotiation;
    private final Consumer<String> fellBack;
    private final Wire wire;
    private final Progress progress = new Progress();

    /** @param fellBack told why an endpoint gets the older version from now on */
    SeriesSender(SeriesRequests requests, Negotiation negotiation, Consumer<String> fellBack, Wire wire) {
        this.requests = requests;
        this.negotiation = negotiation;
        this.fellBack = fellBack;
        this.wire = wire;
    }

    void send(List<SeriesGatherer.Item> items, Runnable ended) {
        send(items, negotiation.protocol(), ended);
    }

    private void send(List<SeriesGatherer.Item> items, Protocol protocol, Runnable ended) {
        if (items.size() == 1) {
            sendAlone(items.getFirst(), protocol, ended);
            return;
        }
        List<Payload> payloads =
                items.stream().map(SeriesGatherer.Item::payload).toList();
        WriteRequests.Part part;
        try {
            part = requests.merged(payloads, protocol);
        } catch (MalformedPayload | RuntimeException e) {
            // One of them cannot be read; alone, each shows whether it is that one.
            sendOneByOne(items, 0, protocol, ended);
            return;
        }
        wire.post(part, protocol, payloads.getFirst(), answer -> answered(items, part, answer, ended));
    }

    private void sendOneByOne(List<SeriesGatherer.Item> items, int next, Protocol protocol, Runnable ended) {
        if (next == items.size()) {
            ended.run();
        } else {
            sendAlone(items.get(next), protocol, () -> sendOneByOne(items, next + 1, protocol, ended));
        }
    }

    private void answered(List<SeriesGatherer.Item> items, WriteRequests.Part part, PartAnswer answer, Runnable ended) {
        switch (answer) {
            case PartAnswer.Done done -> share(items, part.contents().points(), done.rejected(), done.message());
            case PartAnswer.Hopeless hopeless ->
                items.forEach(item -> end(
                        item,
                        delivery ->
                                delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, hopeless.message()))));
            case PartAnswer.Again again ->
                items.forEach(item -> end(item, delivery -> delivery.failed(again.refusal())));
            case PartAnswer.OtherForm other -> {
                fellBack.accept(other.message());
                send(items, Protocol.V1, ended);
                return;
            }
        }
        ended.run();
    }

    /** Receivers say how much they rejected and not of whom, so each payload bears its share. */
    private static void share(List<SeriesGatherer.Item> items, long points, long rejected, String message) {
        long before = 0;
        long all = Math.max(1, points);
        for (SeriesGatherer.Item item : items) {
            long upTo = before + item.payload().records();
            long lost = upTo * rejected / all - before * rejected / all;
            before = upTo;
            end(item, delivery -> report(delivery, item.payload().records(), lost, message));
        }
    }

    private static void report(Delivery delivery, long records, long rejected, String message) {
        if (rejected == 0) {
            delivery.delivered();
        } else if (rejected >= records) {
            delivery.failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, message));
        } else {
            delivery.partlyDelivered(rejected, message);
        }
    }

    private static void end(SeriesGatherer.Item item, Consumer<Delivery> outcome) {
        item.payload().release();
        outcome.accept(item.delivery());
    }

    private void sendAlone(SeriesGatherer.Item item, Protocol protocol, Runnable ended) {
        List<WriteRequests.Part> parts;
        try {
            parts = requests.of(item.payload(), protocol);
        } catch (MalformedPayload e) {
            end(
                    item,
                    delivery -> delivery.failed(Refusal.permanent(
                            DropReason.NOT_CONVERTIBLE, "the series cannot be read: " + e.getMessage())));
            ended.run();
            return;
        } catch (RuntimeException e) {
            end(
                    item,
                    delivery -> delivery.failed(
                            Refusal.permanent(DropReason.COMPONENT_FAILURE, "the series cannot be converted: " + e)));
            ended.run();
            return;
        }
        new PartSender<WriteRequests.Part>(
                        item.payload(),
                        parts,
                        part -> part.contents().points(),
                        1,
                        progress,
                        (part, answered) -> wire.post(part, protocol, item.payload(), answered),
                        outcome -> finished(item, outcome, ended))
                .start();
    }

    private void finished(SeriesGatherer.Item item, PartSender.Outcome outcome, Runnable ended) {
        switch (outcome) {
            case PartSender.Outcome.OtherForm other -> {
                fellBack.accept(other.message());
                sendAlone(item, Protocol.V1, ended);
                return;
            }
            case PartSender.Outcome.Retry retry -> end(item, delivery -> delivery.failed(retry.refusal()));
            case PartSender.Outcome.Finished finished ->
                end(
                        item,
                        delivery ->
                                report(delivery, item.payload().records(), finished.rejected(), finished.message()));
        }
        ended.run();
    }
}
