package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.gateway.scrape.http.BodyUnpacker;
import io.lightvessel.gateway.scrape.http.FetchRequest;
import io.lightvessel.gateway.scrape.http.FetchResult;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.gateway.scrape.series.ScrapeCounts;
import io.lightvessel.gateway.scrape.series.ScrapeRefused;
import io.lightvessel.gateway.scrape.series.ScrapeRequest;
import io.lightvessel.gateway.scrape.series.TargetSeries;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one target's scrapes out, one at a time: asks, reads the answer, hands on what it came to. */
final class Scraper {
    private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);
    private static final long FIRST_EXPECTED = 64 * 1024;
    private static final long LARGEST_EXPECTED = 4 << 20;

    private final Target target;
    private final ScrapeMeans means;
    private final Deliveries deliveries;
    private final Outstanding outstanding;
    private final LongConsumer cost;
    private JobSettings settings;
    private TargetClient client;
    private TargetSeries series;
    private Map<String, String> headers;
    private long expected = FIRST_EXPECTED;
    private volatile LastScrape last = LastScrape.NONE;
    private volatile @Nullable String forcedError;
    private volatile long cached;
    private volatile boolean closed;

    Scraper(Target target, JobSettings settings, ScrapeMeans means, LongConsumer cost) {
        this.target = target;
        this.settings = settings;
        this.means = means;
        this.cost = cost;
        this.deliveries = new Deliveries(means.outlet(), means.timer(), means.metrics());
        this.outstanding = new Outstanding(means.timer());
        this.client = means.client(settings.http());
        this.series = settings.series(target);
        this.headers = settings.headers(target.timeout());
    }

    LastScrape last() {
        return last;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** What was handed on and is not with a backend yet. */
    Outstanding outstanding() {
        return outstanding;
    }

    /** Series that are known. */
    long cached() {
        return cached;
    }

    /** Lets all scrapes fail for a reason that is none of the target's; null to go on. */
    void force(@Nullable String error) {
        forcedError = error;
    }

    /** Goes on from what another owner handed over, before the first scrape. */
    void goOnFrom(byte[] state) {
        try {
            series.goOnFrom(state);
        } catch (MalformedPayload e) {
            LOG.warn("{}: what its former owner knew cannot be read: {}", target.url(), e.getMessage());
        }
    }

    byte[] state(int mostBytes) {
        return series.state(mostBytes);
    }

    /** Takes changed settings; only while no scrape is under way. */
    void change(JobSettings changed) {
        if (!changed.asksLike(settings)) {
            client.close();
            client = means.client(changed.http());
        }
        if (!changed.labelsLike(settings)) {
            byte[] state = series.state(Integer.MAX_VALUE / 2);
            series = changed.series(target);
            goOnFrom(state);
        }
        settings = changed;
        headers = changed.headers(target.timeout());
    }

    /** Goes on with the series of another loop of a target with the same labels, which has stopped. */
    void goOnFrom(Scraper other) {
        goOnFrom(other.series.state(Integer.MAX_VALUE / 2));
    }

    /** What a scrape that is under way comes to is not told. */
    void close() {
        closed = true;
        client.close();
    }

    /** @param done called in the end, whatever happens, on any thread */
    void scrape(long timestamp, Instant began, Runnable done) {
        long start = means.timer().nanoTime();
        String forced = forcedError;
        if (forced != null) {
            FetchResult failed = new FetchResult.Failed(FetchResult.Reason.UNREACHABLE, forced);
            means.workers().run(scratch -> work(scratch, failed, timestamp, began, start, done));
            return;
        }
        URI url;
        try {
            url = URI.create(target.url());
        } catch (IllegalArgumentException e) {
            FetchResult failed = new FetchResult.Failed(
                    FetchResult.Reason.UNREACHABLE, "the target's URL is none: " + e.getMessage());
            means.workers().run(scratch -> work(scratch, failed, timestamp, began, start, done));
            return;
        }
        long limit = settings.config().limits().bodySize();
        client.get(
                new FetchRequest(url, headers, target.timeout(), limit, expected),
                result -> means.workers().run(scratch -> work(scratch, result, timestamp, began, start, done)));
    }

    private void work(Scratch scratch, FetchResult result, long timestamp, Instant began, long start, Runnable done) {
        try {
            if (closed) {
                // Broken off by us, or just too late for that: others may be scraping the target already.
                release(result);
                return;
            }
            ScrapeRequest request = scratch.request;
            request.begin(series, timestamp);
            Attempt attempt = attempt(scratch, result);
            long nanos = means.timer().nanoTime() - start;
            if (!attempt.error().isEmpty()) {
                request.fail();
            }
            boolean up = attempt.error().isEmpty();
            request.report(up, nanos / 1e9, target.timeout().toNanos() / 1e9, attempt.bodyBytes());
            ScrapeCounts counts = request.counts();
            last = new LastScrape(
                    began, Duration.ofNanos(nanos), up ? counts.scraped() : last.amount(), attempt.error());
            cached = series.size();
            means.metrics().scraped(counts, up, nanos);
            cost.accept(Math.max(1, counts.scraped()));
            send(request);
        } finally {
            done.run();
        }
    }

    /** @param error empty when the scrape succeeded */
    private record Attempt(String error, long bodyBytes) {}

    private Attempt attempt(Scratch scratch, FetchResult result) {
        return switch (result) {
            case FetchResult.Failed failed -> failed(failed);
            case FetchResult.Answered answered -> {
                try {
                    yield answered(scratch, answered);
                } finally {
                    release(answered);
                }
            }
        };
    }

    private static void release(FetchResult result) {
        if (result instanceof FetchResult.Answered answered) {
            answered.body().release();
            answered.lease().release();
        }
    }

    private Attempt failed(FetchResult.Failed failed) {
        boolean tooLarge = failed.reason() == FetchResult.Reason.TOO_LARGE;
        if (tooLarge) {
            means.metrics().exceeded(ScrapeRefused.Limit.BODY_SIZE);
        }
        return new Attempt(failed.message(), tooLarge ? -1 : 0);
    }

    private Attempt answered(Scratch scratch, FetchResult.Answered answered) {
        long packed = answered.body().readableBytes();
        expected = Math.clamp(packed + (packed >> 3), 1024, LARGEST_EXPECTED);
        if (!answered.gzip()) {
            return parse(scratch, answered.contentType(), answered.body());
        }
        long limit = settings.config().limits().bodySize();
        return switch (BodyUnpacker.unpack(scratch.inflate, answered.body(), limit, answered.lease())) {
            case BodyUnpacker.Outcome.Refused refused -> failed(refused.failure());
            case BodyUnpacker.Outcome.Unpacked unpacked -> {
                try {
                    yield parse(scratch, answered.contentType(), unpacked.body());
                } finally {
                    unpacked.body().release();
                }
            }
        };
    }

    private Attempt parse(Scratch scratch, String contentType, ByteBuf body) {
        int size = body.readableBytes();
        try {
            ExpositionFormat format =
                    ExpositionFormat.choose(contentType, settings.fallback()).format();
            ExpositionParser parser = scratch.parser(format, settings.parser(target));
            int from = body.arrayOffset() + body.readerIndex();
            parser.open(body.array(), from, from + size);
            scratch.request.samples(parser);
            return new Attempt("", size);
        } catch (MalformedExposition e) {
            return new Attempt(String.valueOf(e.getMessage()), size);
        } catch (ScrapeRefused e) {
            means.metrics().exceeded(e.limit());
            return new Attempt(String.valueOf(e.getMessage()), size);
        }
    }

    private void send(ScrapeRequest request) {
        // What was read is worth more than the budget's last bytes; only as much as one scrape goes without.
        ByteBudget.Lease lease = means.budget().tryAcquire(request.size());
        ByteBuf bytes = request.bytes(ByteBufAllocator.DEFAULT);
        try {
            deliveries.offer(Payload.series(bytes, lease, order(), outstanding.add()));
        } catch (MalformedPayload e) {
            throw new IllegalStateException(target.url() + ": a request that is none", e);
        }
    }

    /** Of all payloads of the target; never that of those without. */
    private long order() {
        long hash = target.key().hash();
        return hash == 0 ? 1 : hash;
    }

    /** Says that nobody scrapes the target any more, as of the time of the first scrape that did not happen. */
    void markEnded(Instant missed) {
        means.workers().run(scratch -> {
            scratch.request.begin(series, missed.toEpochMilli());
            scratch.request.fail();
            scratch.request.reportStale();
            send(scratch.request);
        });
    }
}
