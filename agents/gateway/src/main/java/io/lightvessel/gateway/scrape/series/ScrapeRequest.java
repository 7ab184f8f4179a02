package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one scrape came to as {@code io.prometheus.write.v2.Request}: samples, staleness markers, the report. To be
 * used for one scrape after the other by one thread; what targets keep is in their {@link TargetSeries}.
 */
public final class ScrapeRequest {
    /** The value that says that a series has ended; a NaN with these very bits. */
    public static final long STALE = 0x7FF0_0000_0000_0002L;

    private static final long MOST_AHEAD_MILLIS = 600_000;
    private static final int TIME_SERIES = 5;
    private static final int SAMPLE = 2;
    private static final int HISTOGRAM = 3;
    private static final int HISTOGRAM_TIME = 15;
    private static final int HISTOGRAM_START = 17;
    private static final int KEPT = 4 << 20;

    private final SeriesKey key = new SeriesKey();
    private final LabelBuffer labels = new LabelBuffer();
    private final LabelEncoder encoder = new LabelEncoder();
    private final Exemplars exemplars = new Exemplars();
    private final NativeHistogram histogram = new NativeHistogram();
    private ProtoWriter out = new ProtoWriter(64 * 1024);
    private TargetSeries target = new TargetSeries(Map.of(), _ -> false, SeriesOptions.DEFAULT);
    private long time;
    private int timeLength;
    private int series;
    private int scraped;
    private int kept;
    private int added;
    private int duplicates;
    private int outOfBounds;
    private long appended;
    private @Nullable ScrapeRefused overLimit;

    /** Begins with the next scrape of a target; every sample without a time of its own gets this one. */
    public void begin(TargetSeries scrapedTarget, long timeMillis) {
        target = scrapedTarget;
        target.begin();
        time = timeMillis;
        timeLength = ProtoWriter.sizeOfVarint(timeMillis);
        scraped = 0;
        kept = 0;
        added = 0;
        duplicates = 0;
        outOfBounds = 0;
        appended = 0;
        overLimit = null;
        clearOutput();
    }

    private void clearOutput() {
        if (out.array().length > KEPT) {
            out = new ProtoWriter(64 * 1024);
        }
        out.clear();
        exemplars.clear();
        series = 0;
    }

    /** Takes a whole body in; if that fails, {@link #fail} has to follow. */
    public void samples(ExpositionParser parser) throws MalformedExposition, ScrapeRefused {
        while (true) {
            switch (parser.next()) {
                case SAMPLE -> entry(parser, false);
                case HISTOGRAM -> entry(parser, true);
                case METADATA -> {
                    // Looked at when a sample of the family comes.
                }
                case END -> {
                    if (overLimit != null) {
                        throw overLimit;
                    }
                    markStale();
                    target.succeeded();
                    return;
                }
            }
        }
    }

    /** The scrape failed: nothing of it counts, and all series of the one before have ended. */
    public void fail() {
        clearOutput();
        SeriesStore store = target.store();
        for (int i = 0; i < store.count(); i++) {
            if (store.wasWritten(i)) {
                stale(i);
            }
            store.forget(i);
        }
    }

    private void markStale() {
        SeriesStore store = target.store();
        for (int i = 0; i < store.count(); i++) {
            if (store.wasWritten(i) && !store.isWritten(i)) {
                stale(i);
            }
        }
    }

    private void entry(ExpositionParser parser, boolean isHistogram) throws MalformedExposition, ScrapeRefused {
        scraped++;
        SeriesStore store = target.store();
        key.of(parser.seriesArray(), parser.seriesStart(), parser.seriesEnd());
        int found = store.find(key);
        if (found == SeriesStore.NONE) {
            found = insert(parser, isHistogram);
        }
        int owner = store.owner(found);
        if (owner == SeriesStore.DROPPED) {
            store.see(found);
            return;
        }
        kept++;
        boolean ownTime = target.options().honorTimestamps() && parser.hasTimestamp();
        if (!ownTime && store.isWritten(owner)) {
            duplicates++;
            store.see(found);
            return;
        }
        long sampleTime = ownTime ? parser.timestamp() : time;
        if (sampleTime > time + MOST_AHEAD_MILLIS) {
            outOfBounds++;
            return;
        }
        if (target.options().sampleLimit() > 0 && ++appended > target.options().sampleLimit()) {
            exceeded(
                    ScrapeRefused.Limit.SAMPLES,
                    "sample_limit exceeded: more than " + target.options().sampleLimit());
            return;
        }
        describe(parser, owner, isHistogram);
        if (!isHistogram) {
            sample(parser, owner, sampleTime);
        } else if (!histogram(parser, owner, sampleTime)) {
            return;
        }
        if (target.isNew(owner)) {
            added++;
        }
        store.see(found);
        store.see(owner);
        if (!ownTime || target.options().trackTimestampsStaleness()) {
            store.write(owner);
        }
    }

    /** The rest is read all the same, so that the report has the right number; what counts most is said. */
    private void exceeded(ScrapeRefused.Limit limit, String message) {
        ScrapeRefused before = overLimit;
        if (before == null || before.limit() != ScrapeRefused.Limit.SAMPLES && limit == ScrapeRefused.Limit.SAMPLES) {
            overLimit = new ScrapeRefused(limit, message);
        }
    }

    private int insert(ExpositionParser parser, boolean isHistogram) throws MalformedExposition, ScrapeRefused {
        labels.clear();
        parser.labels(labels);
        if (!target.rules().apply(labels)) {
            return target.store().addDropped(key.high, key.low);
        }
        long high = key.high;
        long low = key.low;
        labels.sort();
        int inserted = target.add(labels, parser.family(), isHistogram, encoder);
        target.store().index(inserted, high, low);
        return inserted;
    }

    private void describe(ExpositionParser parser, int owner, boolean isHistogram) {
        SeriesStore store = target.store();
        int family = target.families().id(parser.family());
        if (store.family(owner) != family || store.isNative(owner) != isHistogram) {
            target.describe(owner, family, isHistogram);
        }
    }

    private void sample(ExpositionParser parser, int owner, long sampleTime) throws MalformedExposition {
        long start = parser.startTimestamp();
        int exemplarLength = parser.exemplars() == 0 ? 0 : exemplars.write(parser, target.symbols(), sampleTime, false);
        SeriesStore store = target.store();
        sample(
                store.pieces(),
                store.piece(owner),
                store.pieceLength(owner),
                Double.doubleToRawLongBits(parser.value()),
                sampleTime,
                start,
                exemplarLength);
        series++;
    }

    private void sample(
            byte[] pieces,
            int piece,
            int pieceLength,
            long valueBits,
            long sampleTime,
            long start,
            int exemplarLength) {
        int length = 9 + 1 + (sampleTime == time ? timeLength : ProtoWriter.sizeOfVarint(sampleTime));
        if (start != 0) {
            length += 1 + ProtoWriter.sizeOfVarint(start);
        }
        out.tag(TIME_SERIES, ProtoWriter.LEN);
        out.varint(pieceLength + 2 + length + exemplarLength);
        out.raw(pieces, piece, pieceLength);
        out.tag(SAMPLE, ProtoWriter.LEN);
        out.varint(length);
        out.fixed64(1, valueBits);
        out.varint(2, sampleTime);
        if (start != 0) {
            out.varint(3, start);
        }
        if (exemplarLength > 0) {
            exemplars.appendTo(out);
        }
    }

    /** Whether the histogram is within its limits. */
    private boolean histogram(ExpositionParser parser, int owner, long sampleTime) throws MalformedExposition {
        byte[] bytes = parser.histogramArray();
        int from = parser.histogramStart();
        int length = parser.histogramEnd() - from;
        SeriesOptions options = target.options();
        if (options.bucketLimit() > 0 || options.maxSchema() < SeriesOptions.FINEST) {
            ProtoWriter reduced = histogram.within(bytes, from, length, options);
            if (reduced == null) {
                exceeded(
                        ScrapeRefused.Limit.BUCKETS,
                        "native_histogram_bucket_limit exceeded: more than " + options.bucketLimit()
                                + " buckets at the coarsest resolution");
                return false;
            }
            bytes = reduced.array();
            from = 0;
            length = reduced.size();
        }
        int exemplarLength = parser.exemplars() == 0 ? 0 : exemplars.write(parser, target.symbols(), sampleTime, true);
        histogram(owner, bytes, from, length, sampleTime, parser.startTimestamp(), exemplarLength);
        return true;
    }

    private void histogram(
            int owner, byte[] bytes, int from, int length, long sampleTime, long start, int exemplarLength) {
        SeriesStore store = target.store();
        int whole = length + 1 + ProtoWriter.sizeOfVarint(sampleTime);
        if (start != 0) {
            whole += 2 + ProtoWriter.sizeOfVarint(start);
        }
        out.tag(TIME_SERIES, ProtoWriter.LEN);
        out.varint(store.pieceLength(owner) + 1 + ProtoWriter.sizeOfVarint(whole) + whole + exemplarLength);
        out.raw(store.pieces(), store.piece(owner), store.pieceLength(owner));
        out.tag(HISTOGRAM, ProtoWriter.LEN);
        out.varint(whole);
        out.raw(bytes, from, length);
        out.varint(HISTOGRAM_TIME, sampleTime);
        if (start != 0) {
            out.varint(HISTOGRAM_START, start);
        }
        if (exemplarLength > 0) {
            exemplars.appendTo(out);
        }
        series++;
    }

    private void stale(int owner) {
        SeriesStore store = target.store();
        if (store.isNative(owner)) {
            byte[] marker = NativeHistogram.STALE;
            histogram(owner, marker, 0, marker.length, time, 0, 0);
        } else {
            sample(store.pieces(), store.piece(owner), store.pieceLength(owner), STALE, time, 0, 0);
            series++;
        }
    }

    /** Adds the series about the scrape itself; it is complete then. */
    public void report(boolean up, double durationSeconds, double timeoutSeconds, long bodyBytes) {
        double[] values = {
            up ? 1 : 0,
            durationSeconds,
            scraped,
            kept,
            added,
            timeoutSeconds,
            target.options().sampleLimit(),
            bodyBytes
        };
        Report report = target.report();
        for (int i = 0; i < report.count(); i++) {
            report(report, i, Double.doubleToRawLongBits(values[i]));
        }
    }

    /** Says that nobody scrapes the target any more. */
    public void reportStale() {
        Report report = target.report();
        for (int i = 0; i < report.count(); i++) {
            report(report, i, STALE);
        }
    }

    private void report(Report report, int index, long valueBits) {
        sample(report.pieces(), report.piece(index), report.pieceLength(index), valueBits, time, 0, 0);
    }

    public ScrapeCounts counts() {
        return new ScrapeCounts(scraped, kept, added, duplicates, outOfBounds);
    }

    /** How large {@link #bytes} will be. */
    public int size() {
        return symbolBytes() + exemplars.symbolBytes() + out.size();
    }

    private int symbols() {
        return series == 0 ? target.reportSymbols() : target.symbols().count();
    }

    private int symbolBytes() {
        return target.symbols().bytes(symbols());
    }

    /** The request, in memory of its own. */
    public ByteBuf bytes(ByteBufAllocator allocator) {
        exemplars.resolve(out, symbols());
        ByteBuf bytes = allocator.buffer(size());
        bytes.writeBytes(target.symbols().array(), 0, symbolBytes());
        bytes.writeBytes(exemplars.symbolArray(), exemplars.symbolStart(), exemplars.symbolBytes());
        bytes.writeBytes(out.array(), 0, out.size());
        return bytes;
    }
}
