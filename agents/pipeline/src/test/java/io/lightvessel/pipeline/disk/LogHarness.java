package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.PayloadForm;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A log under test, with entries that say in their body who they are. */
final class LogHarness implements LogListener, AutoCloseable {

    static final Duration NO_WAIT = Duration.ZERO;

    final Disk disk;
    final DiskLog log;
    final Map<String, Amount> corrupted = new ConcurrentHashMap<>();

    LogHarness(Disk disk) throws IOException {
        this(disk, new LogOptions(1 << 20, true, 1 << 20, NO_WAIT));
    }

    LogHarness(Disk disk, LogOptions options) throws IOException {
        this.disk = disk;
        this.log = DiskLog.open(disk, options, this);
    }

    /** The body of entry n: its number, and filling whose length depends on it. */
    static String body(int n) {
        return "entry " + n + " " + "x".repeat(n * 7 % 40);
    }

    static Envelope envelope(int n) {
        return new Envelope(
                "logs/" + n % 2,
                1 + n % 5,
                10 * n,
                n % 4 == 0 ? PayloadForm.SERIES : PayloadForm.OTLP,
                n % 7 == 6 ? Order.ofAll(n, n + 1) : Order.of(n % 7),
                n % 5,
                n,
                n % 3 == 0 ? Map.of("tenant", List.of("a", "b" + n)) : Map.of());
    }

    /** Completes with null when committed, otherwise with the reason why not. */
    CompletableFuture<@Nullable String> append(int n) {
        return append(n, body(n));
    }

    CompletableFuture<@Nullable String> append(int n, String body) {
        CompletableFuture<@Nullable String> outcome = new CompletableFuture<>();
        log.append(envelope(n), Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)), new DiskLog.Outcome() {
            @Override
            public void committed() {
                outcome.complete(null);
            }

            @Override
            public void failed(String reason) {
                outcome.complete(reason);
            }
        });
        return outcome;
    }

    void fill(int from, int to) {
        List<CompletableFuture<@Nullable String>> outcomes = new ArrayList<>();
        for (int n = from; n < to; n++) {
            outcomes.add(append(n));
        }
        for (CompletableFuture<@Nullable String> outcome : outcomes) {
            String failure = await(outcome);
            if (failure != null) {
                throw new AssertionError(failure);
            }
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** The next entry, checked against what was stored under its number; null when there is none. */
    @Nullable
    Delivered next() throws IOException {
        Stored stored = log.next();
        if (stored == null) {
            return null;
        }
        String text = stored.body().toString(StandardCharsets.UTF_8);
        stored.body().release();
        int n = Integer.parseInt(text.split(" ")[1]);
        if (text.length() < 4000 && !text.equals(body(n)) || !stored.envelope().equals(envelope(n))) {
            throw new AssertionError("delivered wrong: " + text + " " + stored.envelope());
        }
        return new Delivered(n, stored);
    }

    /** An entry that was handed out. */
    record Delivered(int n, Stored stored) {}

    /** Everything there is, acknowledged at once. */
    List<Integer> drain() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Delivered delivered = next(); delivered != null; delivered = next()) {
            numbers.add(delivered.n());
            log.acknowledge(delivered.stored());
        }
        return numbers;
    }

    @Override
    public void corrupted(String pipeline, Amount amount) {
        corrupted.merge(pipeline, amount, Amount::plus);
    }

    @Override
    public void broken(String message) {
        throw new AssertionError(message);
    }

    @Override
    public void close() {
        log.close();
    }
}
