package io.lightvessel.agent.debug;

import io.lightvessel.gateway.tail.RecordFilter;
import io.lightvessel.gateway.tail.RecordReader;
import io.lightvessel.gateway.tail.TelemetryRecord;
import io.lightvessel.pipeline.MalformedPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what passes an edge into records for one viewer, as many a second as were asked for, and counts the others. How
 * much is decoded a second is limited too, for a filter that lets little through would otherwise have all of it decoded.
 */
final class Tail {
    static final int MOST_PER_SECOND = 500;
    private static final int DECODED_PER_SECOND = 20_000;
    private static final int DECODED_PER_SAMPLE = 5_000;
    private static final int BATCH = 100;
    private static final int HEAVIEST_BATCH = 512 << 10;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SampleQueue queue;
    private final RecordFilter filter;
    private final int perSecond;
    private long second = System.nanoTime();
    private int shownThisSecond;
    private int decodedThisSecond;
    private int weight;
    private long decoded;
    private long matched;
    private long shown;
    private long unreadable;

    /** @param perSecond how many records to show in a second */
    Tail(SampleQueue queue, RecordFilter filter, int perSecond) {
        this.queue = queue;
        this.filter = filter;
        this.perSecond = perSecond;
    }

    /**
     * What became of what passed.
     *
     * @param missed payloads that nobody looked into
     * @param decoded records that the filter has seen
     */
    record Counts(long payloads, long records, long missed, long decoded, long matched, long shown, long unreadable) {}

    /** The next records; empty when none came in time. */
    List<TelemetryRecord> next(Duration atMost) throws InterruptedException {
        List<TelemetryRecord> batch = new ArrayList<>();
        weight = 0;
        renew();
        Sample sample = queue.poll(atMost);
        while (sample != null) {
            try {
                renew();
                read(sample, batch);
            } finally {
                sample.release();
            }
            sample = batch.size() < BATCH && weight < HEAVIEST_BATCH ? queue.poll(Duration.ZERO) : null;
        }
        return batch;
    }

    private void read(Sample sample, List<TelemetryRecord> batch) {
        long enough = decoded + DECODED_PER_SAMPLE;
        try {
            RecordReader.read(sample.signal(), sample.bytes(), record -> {
                decoded++;
                decodedThisSecond++;
                if (filter.test(record)) {
                    matched++;
                    show(record, batch);
                }
                return decoded < enough;
            });
        } catch (MalformedPayload e) {
            // What lies deeper than the walk at the receiver may be damaged; the backend is going to say so.
            unreadable++;
        }
        if (shownThisSecond >= perSecond || decodedThisSecond >= DECODED_PER_SECOND) {
            queue.sleep(true);
        }
    }

    private void show(TelemetryRecord record, List<TelemetryRecord> batch) {
        if (shownThisSecond < perSecond && weight < HEAVIEST_BATCH) {
            shownThisSecond++;
            shown++;
            weight += record.weight();
            batch.add(record);
        }
    }

    private void renew() {
        long now = System.nanoTime();
        if (now - second >= SECOND.toNanos()) {
            second = now;
            shownThisSecond = 0;
            decodedThisSecond = 0;
            queue.sleep(false);
        }
    }

    Counts counts() {
        SampleQueue.Passed passed = queue.passed();
        return new Counts(
                passed.payloads(), passed.records(), passed.missedPayloads(), decoded, matched, shown, unreadable);
    }
}
