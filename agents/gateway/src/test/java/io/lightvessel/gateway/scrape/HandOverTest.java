package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.pipeline.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target that moves between two receivers, which scrape a real server. */
class HandOverTest {
    private final ManualTimer timer = new ManualTimer();
    private final ReceiverKit.Agreed ownersA = new ReceiverKit.Agreed();
    private final ReceiverKit.Agreed ownersB = new ReceiverKit.Agreed();
    private ScriptedTarget target;
    private ReceiverKit a;
    private ReceiverKit b;
    private TargetKey key;

    @BeforeEach
    void start() throws Exception {
        timer.setClock(Instant.parse("2026-11-27T10:00:00Z"));
        target = new ScriptedTarget();
        target.say("a 1\nb 2\n");
        String job = "{job_name: j, scrape_interval: 10s, scrape_timeout: 9s, static_configs: [{targets: ['%s']}]}"
                .formatted(target.address());
        a = new ReceiverKit(timer, job, ownersA);
        b = new ReceiverKit(timer, job, ownersB);
        ReceiverKit.await("targets", () -> !ownersA.discovered.isEmpty() && !ownersB.discovered.isEmpty());
        // Both come to the same key without a word.
        assertThat(ownersA.discovered).hasSize(1).isEqualTo(ownersB.discovered);
        key = ownersA.discovered.iterator().next();
    }

    @AfterEach
    void stop() {
        target.close();
        a.close();
        b.close();
    }

    private static Handover given(ReceiverKit.Agreed from, TargetKey key) throws Exception {
        return from.give(key).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String line(String series, Object value, Instant time) {
        return series + "{instance=\"" + target.address() + "\",job=\"j\"} " + value + "@" + time.toEpochMilli();
    }

    private static String up(int value, Instant time) {
        return "up " + (double) value + "@" + time.toEpochMilli();
    }

    @Test
    void everySlotIsScrapedOnceWhileATargetGoesToAndFro() throws Exception {
        ownersA.take(key, null);
        Instant slot = a.nextSlot();
        ReceiverKit.Agreed owner = ownersA;
        ReceiverKit scrapes = a;
        for (int move = 0; move < 6; move++) {
            assertThat(scrapes.scrape()).containsExactly(line("a", 1.0, slot), line("b", 2.0, slot), up(1, slot));
            // At once, in the middle, and just before the next slot.
            timer.advance(Duration.ofMillis(new long[] {0, 5000, 9999}[move % 3]));
            ReceiverKit.Agreed next = owner.equals(ownersA) ? ownersB : ownersA;
            Handover handover = given(owner, key);
            assertThat(handover.lastSlot()).isEqualTo(slot);
            next.take(key, handover);
            owner = next;
            scrapes = scrapes.equals(a) ? b : a;
            slot = slot.plusSeconds(10);
            assertThat(scrapes.nextSlot()).isEqualTo(slot);
        }
        assertThat(target.asked).hasValue(6);
        assertThat(a.context.taken).isEmpty();
        assertThat(b.context.taken).isEmpty();
        assertThat(a.context.budget.used() + b.context.budget.used()).isZero();
    }

    @Test
    void seriesThatVanishedDuringTheMoveAreMarkedStaleByTheNextOwnerAlone() throws Exception {
        ownersA.take(key, null);
        a.scrape();
        Handover handover = given(ownersA, key);
        target.say("a 1\nc 3\n");
        ownersB.take(key, handover);
        Instant slot = b.nextSlot();
        assertThat(b.scrape())
                .containsExactly(line("a", 1.0, slot), line("c", 3.0, slot), line("b", "stale", slot), up(1, slot));
        Instant next = slot.plusSeconds(10);
        assertThat(b.scrape()).containsExactly(line("a", 1.0, next), line("c", 3.0, next), up(1, next));
        assertThat(a.context.taken).isEmpty();
    }

    @Test
    void aTargetThatIsDownAfterTheMoveEndsAllItsSeries() throws Exception {
        ownersA.take(key, null);
        a.scrape();
        Handover handover = given(ownersA, key);
        target.contentType = "image/png";
        ownersB.take(key, handover);
        Instant slot = b.nextSlot();
        assertThat(b.scrape()).containsExactly(line("a", "stale", slot), line("b", "stale", slot), up(0, slot));
    }

    @Test
    void aScrapeThatIsUnderWayIsFinishedBeforeTheTargetGoes() throws Exception {
        ownersA.take(key, null);
        target.gate = new CountDownLatch(1);
        Instant slot = a.nextSlot();
        timer.advanceTo(slot);
        ReceiverKit.await("a scrape", () -> target.asked.get() == 1);
        var giving = ownersA.give(key).toCompletableFuture();
        assertThat(giving).isNotDone();
        target.gate.countDown();
        assertThat(a.next()).containsExactly(line("a", 1.0, slot), line("b", 2.0, slot), up(1, slot));
        Handover handover = giving.get(20, TimeUnit.SECONDS);
        assertThat(handover.lastSlot()).isEqualTo(slot);
        timer.advance(Duration.ofSeconds(30));
        assertThat(target.asked).hasValue(1);
    }

    @Test
    void whoIsNotSureToHoldATargetLeavesItsSlotsToOthers() throws Exception {
        ownersA.take(key, null);
        a.scrape();
        ownersA.partition();
        timer.advance(Duration.ofSeconds(20));
        assertThat(target.asked).hasValue(1);
        ownersA.lose(key);
        ownersB.take(key, null);
        Instant slot = b.nextSlot();
        assertThat(b.scrape()).containsExactly(line("a", 1.0, slot), line("b", 2.0, slot), up(1, slot));
        assertThat(a.context.taken).isEmpty();
    }

    @Test
    void aTargetThatIsLostDuringAScrapeIsNotSaidToBeDown() throws Exception {
        ownersA.take(key, null);
        a.scrape();
        target.gate = new CountDownLatch(1);
        timer.advanceTo(a.nextSlot());
        ReceiverKit.await("a scrape", () -> target.asked.get() == 2);
        ownersA.lose(key);
        ownersB.take(key, null);
        target.gate.countDown();
        // What the loser says of the scrape it broke off, if anything, it says before the next one's is read.
        b.scrape();
        a.close();
        assertThat(a.context.taken).isEmpty();
        assertThat(a.context.budget.used()).isZero();
    }

    /** Or the next owner's might be with the backend first, which then refuses these. */
    @Test
    void whatWaitsForASlowBackendIsWrittenBeforeTheTargetGoes() throws Exception {
        BlockingQueue<Payload> queue = new LinkedBlockingQueue<>();
        a.context.behaviour = (payload, result) -> {
            queue.add(payload);
            result.accepted();
        };
        ownersA.take(key, null);
        Instant slot = a.nextSlot();
        a.scrape();
        a.scrape();
        var giving = ownersA.give(key).toCompletableFuture();
        queue.remove().release();
        assertThat(giving).isNotDone();
        queue.remove().release();
        assertThat(giving.get(20, TimeUnit.SECONDS).lastSlot()).isEqualTo(slot.plusSeconds(10));
    }

    @Test
    void aBackendThatTakesNothingKeepsATargetOnlyAsLongAsNoSlotIsMissed() throws Exception {
        BlockingQueue<Payload> queue = new LinkedBlockingQueue<>();
        a.context.behaviour = (payload, result) -> {
            queue.add(payload);
            result.accepted();
        };
        ownersA.take(key, null);
        Instant slot = a.nextSlot();
        a.scrape();
        timer.advance(Duration.ofSeconds(9));
        var giving = ownersA.give(key).toCompletableFuture();
        timer.advance(Duration.ofSeconds(4));
        assertThat(giving).isNotDone();
        timer.advance(Duration.ofSeconds(1));
        ownersB.take(key, giving.get(20, TimeUnit.SECONDS));
        // Late, but within it.
        assertThat(b.nextSlot()).isEqualTo(slot.plusSeconds(10));
        queue.remove().release();
    }

    @Test
    void aTargetThatMovesOnUnscrapedTakesItsStateAlong() throws Exception {
        ownersA.take(key, null);
        a.scrape();
        Handover first = given(ownersA, key);
        ownersB.take(key, first);
        Handover second = given(ownersB, key);
        assertThat(second.lastSlot()).isEqualTo(first.lastSlot());
        target.say("a 1\n");
        ownersA.take(key, second);
        Instant slot = a.nextSlot();
        assertThat(slot).isEqualTo(first.lastSlot().plusSeconds(10));
        assertThat(a.scrape()).containsExactly(line("a", 1.0, slot), line("b", "stale", slot), up(1, slot));
    }

    /** The agreement may be quicker than a replica's own discovery, and change its mind before that is done. */
    @Test
    void aTargetThatMovesOnUndiscoveredTakesItsStateAlong() throws Exception {
        TargetKey unknown = new TargetKey(key.pool(), key.hash() + 1);
        Handover handover = new Handover(timer.now(), new byte[] {8, 1});
        ownersB.take(unknown, handover);
        assertThat(given(ownersB, unknown)).isSameAs(handover);
    }

    @Test
    void aStateThatCannotBeReadLeavesTheScrapesAlone() throws Exception {
        ownersA.take(key, null);
        Instant slot = a.nextSlot();
        a.scrape();
        Handover handover = given(ownersA, key);
        byte[] newer = handover.state().clone();
        newer[1] = 2;
        for (byte[] state : List.of(newer, new byte[0], new byte[] {-1, -1, -1}, new byte[] {8, 1, 42, 1, 9})) {
            ownersB.take(key, new Handover(slot, state));
            slot = slot.plusSeconds(10);
            assertThat(b.nextSlot()).isEqualTo(slot);
            assertThat(b.scrape()).containsExactly(line("a", 1.0, slot), line("b", 2.0, slot), up(1, slot));
            given(ownersB, key);
        }
    }
}
