package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRequest;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Attempts run on the test's own thread, so every step is in the test's hand. */
class LaneTest {

    private static final Refusal AWAY = Refusal.retryable(DropReason.BACKEND_REFUSED, "backend away", null);
    private static final QueueSettings QUEUE = new QueueSettings(true, 2, 3, QueueSettings.Sizer.REQUESTS, false);
    private static final RetrySettings RETRY =
            new RetrySettings(true, Duration.ofSeconds(1), 0, 2, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final ManualTimer timer = new ManualTimer();
    private final PipelineBooks pipeline = new PipelineBooks(PipelineId.of(Signal.LOGS));
    private final DestinationBooks destination = new DestinationBooks(ComponentId.of("otlp"), Signal.LOGS);
    private final HealthCell health = new HealthCell("lane", timer, () -> {});
    private final RecordingExporter backend = new RecordingExporter();
    private final List<Payload> sent = new ArrayList<>();

    private static final class RecordingExporter implements Exporter {
        final Deque<Delivery> attempts = new ArrayDeque<>();
        final List<byte[]> requests = new ArrayList<>();

        @Override
        public void export(Payload payload, Delivery delivery) {
            requests.add(Fixtures.copy(payload));
            payload.release();
            attempts.add(delivery);
        }

        @Override
        public Set<PayloadForm> forms() {
            return PayloadForm.ALL;
        }

        @Override
        public String endpoint() {
            return "backend";
        }

        @Override
        public void stop(Duration grace) {
            // Nothing to stop.
        }
    }

    private Lane lane(QueueSettings queue, RetrySettings retry) {
        Means means = new Means(
                EngineOptions.defaults("0", "0"),
                timer,
                Runnable::run,
                RandomGenerator.getDefault(),
                new Books(Instant.EPOCH),
                new OwnMetrics(),
                new ByteBudget(1 << 20),
                new FormConverters(List.of()),
                () -> {},
                () -> ComponentHealth.leaf(ComponentStatus.OK, null, Instant.EPOCH));
        return new Lane("exporter otlp (logs)", queue, retry, backend, destination, health, means);
    }

    private RecordingResult send(Lane lane, int records) {
        Payload payload = Fixtures.logs("shop", records);
        sent.add(payload);
        pipeline.received(payload.records(), payload.receivedBytes());
        RecordingResult result = new RecordingResult();
        lane.accept(payload, result, pipeline);
        return result;
    }

    private void assertBalanced(Lane lane) {
        assertThat(pipeline.ledger(lane.held(pipeline.pipeline()))).matches(FlowSnapshot.Ledger::isBalanced);
    }

    private Map<DropReason, Long> drops() {
        Map<DropReason, Long> drops = new java.util.EnumMap<>(DropReason.class);
        pipeline.ledger(Count.ZERO).dropped().forEach((reason, count) -> drops.put(reason, count.records()));
        return drops;
    }

    @Test
    void acceptsOnceQueuedAndSendsAsManyAtATimeAsThereAreConsumers() {
        Lane lane = lane(QUEUE, RETRY);
        assertThat(send(lane, 1).isAccepted()).isTrue();
        assertThat(send(lane, 2).isAccepted()).isTrue();
        assertThat(send(lane, 3).isAccepted()).isTrue();
        assertThat(backend.attempts).hasSize(2);
        assertThat(lane.held(pipeline.pipeline()).records()).isEqualTo(6);
        backend.attempts.remove().delivered();
        assertThat(backend.attempts).hasSize(2);
        backend.attempts.remove().delivered();
        backend.attempts.remove().delivered();
        assertThat(pipeline.ledger(Count.ZERO).delivered().records()).isEqualTo(6);
        assertThat(destination.acknowledged().records()).isEqualTo(6);
        assertThat(sent).allMatch(payload -> payload.refCnt() == 0);
        assertBalanced(lane);
    }

    private void sendInOrder(Lane lane, long order, int value) throws MalformedPayload {
        Payload payload = Payload.series(
                new SeriesRequest()
                        .sample(SeriesReader.GAUGE, value, value, "__name__", "target " + order)
                        .bytes(),
                null,
                order);
        pipeline.received(payload.records(), payload.receivedBytes());
        lane.accept(payload, new RecordingResult(), pipeline);
    }

    private List<String> attempted() {
        List<String> attempted = new ArrayList<>();
        for (byte[] request : backend.requests) {
            try {
                SeriesReader reader = new SeriesReader(Unpooled.wrappedBuffer(request));
                reader.next();
                attempted.add(reader.symbols().text(reader.label(1)) + " @" + reader.time(0));
            } catch (MalformedPayload e) {
                throw new AssertionError(e);
            }
        }
        return attempted;
    }

    @Test
    void payloadsOfOneOrderNeverOvertakeEachOtherWhileOthersPass() throws Exception {
        Lane lane = lane(
                new QueueSettings(
                        true, false, 2, 100, QueueSettings.Sizer.REQUESTS, false, QueueSettings.Turns.EVERYTHING, 0),
                RETRY);
        sendInOrder(lane, 1, 1);
        sendInOrder(lane, 1, 2);
        sendInOrder(lane, 1, 3);
        sendInOrder(lane, 2, 1);
        sendInOrder(lane, 3, 1);
        assertThat(attempted()).containsExactly("target 1 @1", "target 2 @1");
        backend.attempts.remove().failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "busy", null));
        backend.attempts.remove().delivered();
        assertThat(attempted().subList(2, 3))
                .as("the first waits for its retry")
                .containsExactly("target 3 @1");
        backend.attempts.remove().delivered();
        assertThat(attempted()).hasSize(3);
        timer.advance(Duration.ofMinutes(1));
        assertThat(attempted().subList(3, 4)).containsExactly("target 1 @1");
        assertThat(lane.held(pipeline.pipeline()).records()).isEqualTo(3);
        backend.attempts.remove().delivered();
        backend.attempts.remove().delivered();
        backend.attempts.remove().delivered();
        assertThat(attempted().subList(4, 6)).containsExactly("target 1 @2", "target 1 @3");
        assertThat(lane.queueUsed()).isZero();
        assertBalanced(lane);
    }

    /** A payload of logs, known by its number of records. */
    private void sendLogs(Lane lane, int records, long... sequences) throws MalformedPayload {
        Payload payload = Payload.walk(
                Signal.LOGS,
                Unpooled.wrappedBuffer(Fixtures.copy(Fixtures.logs("shop", records))),
                null,
                Order.ofAll(sequences));
        pipeline.received(payload.records(), payload.receivedBytes());
        lane.accept(payload, new RecordingResult(), pipeline);
    }

    private List<Integer> attemptedRecords() {
        return backend.requests.stream()
                .map(request -> {
                    try {
                        return PayloadWalk.countRecords(Signal.LOGS, Unpooled.wrappedBuffer(request));
                    } catch (MalformedPayload e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void whatSharesASequenceWaitsAndWhatIsPartOfNoneDoesNot() throws Exception {
        Lane lane = lane(
                new QueueSettings(
                        true, false, 9, 100, QueueSettings.Sizer.REQUESTS, false, QueueSettings.Turns.SEQUENCES, 0),
                RETRY);
        sendLogs(lane, 1, 7);
        sendLogs(lane, 2, 8);
        sendLogs(lane, 3, 7, 8);
        sendLogs(lane, 4, 8);
        sendLogs(lane, 5, 7, 9);
        sendLogs(lane, 6);
        sendLogs(lane, 7);
        sendLogs(lane, 8, 10);
        assertThat(attemptedRecords()).containsExactly(1, 2, 6, 7, 8);
        backend.attempts.remove().delivered();
        assertThat(attemptedRecords()).as("the third waits for both").hasSize(5);
        backend.attempts.remove().failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "busy", null));
        timer.advance(Duration.ofMinutes(1));
        assertThat(attemptedRecords().subList(5, 6)).as("the retry").containsExactly(2);
        backend.attempts.removeLast().delivered();
        assertThat(attemptedRecords().subList(6, 7)).containsExactly(3);
        backend.attempts.removeLast().delivered();
        assertThat(attemptedRecords().subList(7, 9)).containsExactly(4, 5);
        backend.attempts.forEach(Delivery::delivered);
        assertThat(lane.queueUsed()).isZero();
        assertBalanced(lane);
    }

    @Test
    void whatIsPutTogetherIsPartOfAllSequencesOfItsParts() throws Exception {
        Payload together = Payload.concatenated(List.of(inSequence(7), inSequence(0), inSequence(5), inSequence(7)));
        assertThat(together.order()).isEqualTo(Order.ofAll(5, 7));
        assertThat(Payload.concatenated(List.of(inSequence(5), inSequence(5))).order())
                .isEqualTo(Order.of(5));
    }

    private static Payload inSequence(long sequence) throws MalformedPayload {
        return Payload.walk(
                Signal.LOGS, Unpooled.wrappedBuffer(Fixtures.copy(Fixtures.logs("shop", 1))), null, Order.of(sequence));
    }

    @Test
    void smallPayloadsMayBeUnderWayBeyondTheConsumers() throws Exception {
        Lane lane = lane(
                new QueueSettings(
                        true, false, 1, 100, QueueSettings.Sizer.REQUESTS, false, QueueSettings.Turns.EVERYTHING, 100),
                RETRY);
        for (int order = 1; order <= 10; order++) {
            sendInOrder(lane, order, 1);
        }
        assertThat(attempted()).as("of some 40 bytes each").hasSizeBetween(2, 4);
        while (!backend.attempts.isEmpty()) {
            backend.attempts.remove().delivered();
        }
        assertThat(attempted()).hasSize(10);
        assertBalanced(lane);
    }

    @Test
    void whatWaitsForItsOrderIsDroppedAtShutdownLikeTheRest() throws Exception {
        Lane lane = lane(
                new QueueSettings(
                        true, false, 1, 100, QueueSettings.Sizer.REQUESTS, false, QueueSettings.Turns.EVERYTHING, 0),
                RETRY);
        sendInOrder(lane, 1, 1);
        sendInOrder(lane, 1, 2);
        sendInOrder(lane, 2, 1);
        lane.drain(Duration.ofMillis(1));
        assertThat(drops()).isEqualTo(Map.of(DropReason.SHUTDOWN, 3L));
        assertThat(lane.held(pipeline.pipeline())).isEqualTo(Count.ZERO);
        assertBalanced(lane);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Lane lane = lane(QUEUE, RETRY);
        for (int i = 0; i < 3; i++) {
            send(lane, 1);
        }
        RecordingResult refused = send(lane, 5);
        assertThat(refused.refusal())
                .isEqualTo(Refusal.retryable(
                        DropReason.QUEUE_FULL,
                        "exporter otlp (logs): the sending queue is full (3 requests)",
                        Duration.ofSeconds(1)));
        assertThat(drops()).isEqualTo(Map.of(DropReason.QUEUE_FULL, 5L));
        assertThat(destination.refusedRecords()).isEqualTo(5);
        assertBalanced(lane);
    }

    @Test
    void aPayloadLargerThanTheQueueIsRefusedForGood() {
        Lane lane = lane(new QueueSettings(true, 1, 3, QueueSettings.Sizer.ITEMS, true), RETRY);
        Refusal refusal = send(lane, 4).refusal();
        assertThat(refusal.isRetryable()).isFalse();
        assertThat(refusal.message()).contains("of 4 records").contains("is larger than the whole queue");
        assertBalanced(lane);
    }

    @Test
    void producersWaitForRoomWhenToldTo() {
        Lane lane = lane(new QueueSettings(true, 1, 3, QueueSettings.Sizer.ITEMS, true), RETRY);
        send(lane, 3);
        RecordingResult waiting = send(lane, 2);
        RecordingResult behindIt = send(lane, 1);
        assertThat(waiting.isDone()).isFalse();
        assertBalanced(lane);
        backend.attempts.remove().delivered();
        assertThat(waiting.isAccepted()).isTrue();
        assertThat(behindIt.isAccepted()).isTrue();
        assertThat(backend.attempts).hasSize(1);
        assertBalanced(lane);
    }

    @Test
    void retriesWithGrowingCappedIntervals() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 1);
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            backend.attempts.remove().failed(AWAY);
            timer.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(backend.attempts).isEmpty();
            timer.advance(Duration.ofMillis(1));
            assertThat(backend.attempts).hasSize(1);
        }
        assertThat(health.health().lastError()).isEqualTo("backend away");
        assertThat(destination.lastError()).isEqualTo("backend away");
        assertBalanced(lane);
        backend.attempts.remove().failed(AWAY);
        assertThat(drops()).as("17 s and 5 s more exceed 20 s").isEqualTo(Map.of(DropReason.RETRIES_EXHAUSTED, 1L));
        assertThat(destination.failedRecords()).isEqualTo(1);
        assertThat(sent.getFirst().refCnt()).isZero();
        assertBalanced(lane);
    }

    @Test
    void successAfterFailureIsHealthy() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 1);
        backend.attempts.remove().failed(AWAY);
        assertThat(health.health().status()).isEqualTo(ComponentStatus.RECOVERABLE_ERROR);
        timer.advance(Duration.ofSeconds(1));
        backend.attempts.remove().delivered();
        assertThat(health.health().status()).isEqualTo(ComponentStatus.OK);
        assertThat(destination.lastError()).isEmpty();
        assertBalanced(lane);
    }

    @Test
    void waitsAsLongAsTheBackendAsks() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 1);
        backend.attempts
                .remove()
                .failed(Refusal.retryable(DropReason.BACKEND_REFUSED, "slow down", Duration.ofSeconds(7)));
        timer.advance(Duration.ofMillis(6999));
        assertThat(backend.attempts).isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(backend.attempts).hasSize(1);
    }

    @Test
    void spreadsIntervals() {
        RetrySettings spread =
                new RetrySettings(true, Duration.ofSeconds(4), 0.5, 2, Duration.ofSeconds(60), Duration.ZERO);
        assertThat(spread.delay(0, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(spread.delay(0, 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(spread.delay(1, 1)).isEqualTo(Duration.ofSeconds(12));
        assertThat(spread.interval(2000)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void permanentFailuresAreDroppedAtOnce() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 2);
        backend.attempts.remove().failed(Refusal.permanent(DropReason.PERMANENT_FAILURE, "400"));
        send(lane, 3);
        backend.attempts.remove().failed(Refusal.permanent(DropReason.NOT_CONVERTIBLE, "delta"));
        send(lane, 4);
        backend.attempts.remove().failed(Refusal.permanent(DropReason.BACKEND_REFUSED, "403"));
        assertThat(drops()).isEqualTo(Map.of(DropReason.PERMANENT_FAILURE, 6L, DropReason.NOT_CONVERTIBLE, 3L));
        assertBalanced(lane);
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        Lane lane = lane(QUEUE, new RetrySettings(false, Duration.ZERO, 0, 1, Duration.ZERO, Duration.ZERO));
        send(lane, 2);
        backend.attempts.remove().failed(AWAY);
        assertThat(drops()).isEqualTo(Map.of(DropReason.RETRY_DISABLED, 2L));
        assertBalanced(lane);
    }

    @Test
    void partialSuccessIsSplitInTheBooks() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 4);
        backend.attempts.remove().partlyDelivered(1, "one is too old");
        assertThat(drops()).isEqualTo(Map.of(DropReason.PARTIAL_REJECTION, 1L));
        assertThat(pipeline.ledger(Count.ZERO).delivered().records()).isEqualTo(3);
        assertThat(destination.lastError()).isEqualTo("one is too old");
        assertBalanced(lane);
    }

    @Test
    void withoutAQueueTheProducerLearnsWhatTheBackendSaid() {
        Lane lane = lane(
                new QueueSettings(false, 1, 0, QueueSettings.Sizer.REQUESTS, false),
                new RetrySettings(false, Duration.ZERO, 0, 1, Duration.ZERO, Duration.ZERO));
        RecordingResult good = send(lane, 1);
        RecordingResult bad = send(lane, 2);
        assertThat(good.isDone()).isFalse();
        backend.attempts.remove().delivered();
        backend.attempts.remove().failed(AWAY);
        assertThat(good.isAccepted()).isTrue();
        assertThat(bad.refusal()).isEqualTo(AWAY);
        assertThat(drops()).isEqualTo(Map.of(DropReason.BACKEND_REFUSED, 2L));
        assertBalanced(lane);
    }

    private static QueueSettings waiting(int consumers, int capacity, boolean blockOnOverflow) {
        return new QueueSettings(
                true,
                true,
                consumers,
                capacity,
                QueueSettings.Sizer.REQUESTS,
                blockOnOverflow,
                QueueSettings.Turns.FREE,
                0);
    }

    @Test
    void producersThatWaitForTheResultGetItAfterRetries() {
        Lane lane = lane(waiting(1, 3, false), RETRY);
        RecordingResult good = send(lane, 1);
        RecordingResult bad = send(lane, 2);
        assertThat(backend.attempts).as("within the consumers").hasSize(1);
        backend.attempts.remove().failed(AWAY);
        assertThat(good.isDone()).isFalse();
        timer.advance(Duration.ofSeconds(1));
        backend.attempts.remove().delivered();
        assertThat(good.isAccepted()).isTrue();
        assertThat(bad.isDone()).isFalse();
        Refusal never = Refusal.permanent(DropReason.PERMANENT_FAILURE, "malformed");
        backend.attempts.remove().failed(never);
        assertThat(bad.refusal()).isEqualTo(never);
        assertThat(drops()).isEqualTo(Map.of(DropReason.BACKEND_REFUSED, 2L));
        assertBalanced(lane);
    }

    @Test
    void waitingForTheResultMakesNoRoomInAFullQueue() {
        Lane lane = lane(waiting(1, 2, false), RETRY);
        send(lane, 1);
        send(lane, 1);
        RecordingResult refused = send(lane, 1);
        assertThat(refused.refusal().reason()).isEqualTo(DropReason.QUEUE_FULL);
        assertThat(refused.refusal().isRetryable()).isTrue();
        assertBalanced(lane);
    }

    @Test
    void whoWaitedForRoomWaitsForTheResultToo() {
        Lane lane = lane(waiting(1, 1, true), RETRY);
        send(lane, 1);
        RecordingResult heldUp = send(lane, 2);
        backend.attempts.remove().delivered();
        assertThat(heldUp.isDone()).as("in the queue, not at the backend").isFalse();
        backend.attempts.remove().delivered();
        assertThat(heldUp.isAccepted()).isTrue();
        assertBalanced(lane);
    }

    @Test
    void producersThatStillWaitWhenTheLaneStopsAreTold() {
        Lane lane = lane(waiting(1, 3, false), RETRY);
        RecordingResult underWay = send(lane, 1);
        RecordingResult queued = send(lane, 1);
        lane.drain(Duration.ZERO);
        assertThat(underWay.refusal().reason()).isEqualTo(DropReason.SHUTTING_DOWN);
        assertThat(queued.refusal().reason()).isEqualTo(DropReason.SHUTTING_DOWN);
        assertBalanced(lane);
    }

    @Test
    void secondThoughtsOfAnExporterDoNotCount() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 1);
        Delivery delivery = backend.attempts.remove();
        delivery.delivered();
        delivery.failed(AWAY);
        assertThat(pipeline.ledger(Count.ZERO).delivered().records()).isEqualTo(1);
        assertThat(drops()).isEmpty();
        assertBalanced(lane);
    }

    @Test
    void anExporterThatThrowsLosesItsPayloadButNotTheBooks() {
        Exporter thrower = new Exporter() {
            @Override
            public void export(Payload payload, Delivery delivery) {
                payload.release();
                throw new IllegalStateException("bug");
            }

            @Override
            public String endpoint() {
                return "";
            }

            @Override
            public void stop(Duration grace) {
                // Nothing to stop.
            }
        };
        Lane lane = lane(QUEUE, RETRY);
        lane.switchTo(thrower, QUEUE, RETRY);
        send(lane, 1);
        assertThat(drops()).isEqualTo(Map.of(DropReason.COMPONENT_FAILURE, 1L));
        assertBalanced(lane);
    }

    @Test
    void newSettingsAreTriedAtOnce() {
        Lane lane = lane(QUEUE, RETRY);
        send(lane, 1);
        backend.attempts.remove().failed(AWAY);
        RecordingExporter corrected = new RecordingExporter();
        lane.switchTo(corrected, QUEUE, RETRY);
        assertThat(corrected.attempts).hasSize(1);
        timer.advance(Duration.ofSeconds(10));
        assertThat(corrected.attempts).as("not once more by the timer").hasSize(1);
        corrected.attempts.remove().delivered();
        assertBalanced(lane);
    }

    @Test
    void drainingDropsWhatIsLeftWithItsReason() {
        Lane lane = lane(new QueueSettings(true, 1, 3, QueueSettings.Sizer.REQUESTS, true), RETRY);
        send(lane, 1);
        send(lane, 2);
        send(lane, 3);
        RecordingResult heldUp = send(lane, 4);
        Delivery underWay = backend.attempts.remove();
        lane.drain(Duration.ofMillis(1));
        assertThat(heldUp.refusal().reason()).isEqualTo(DropReason.SHUTTING_DOWN);
        assertThat(send(lane, 5).refusal().reason()).isEqualTo(DropReason.SHUTTING_DOWN);
        underWay.delivered();
        assertThat(drops()).isEqualTo(Map.of(DropReason.SHUTDOWN, 6L, DropReason.SHUTTING_DOWN, 9L));
        assertThat(lane.held(pipeline.pipeline())).isEqualTo(Count.ZERO);
        assertThat(sent).allMatch(payload -> payload.refCnt() == 0);
        assertBalanced(lane);
    }
}
