package io.lightvessel.gateway.exposition;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a parser of any format and makes native histograms with custom buckets out of classic ones. As their parts come
 * one by one, a histogram is told when the next series, family or the end shows that it was whole.
 */
final class CustomBucketsParser implements ExpositionParser {
    private enum State {
        /** Nothing is being collected. */
        IDLE,
        COLLECTING,
        /** A histogram is told; what ended it comes next. */
        TELLING,
        /** A native histogram was told: its classic parts stay classic. */
        INHIBITED
    }

    private final ClassicParts inner;
    private final boolean keepClassic;
    private final ClassicHistogram classic = new ClassicHistogram();
    private final SeriesSpans spans = new SeriesSpans();
    private final ProtoKey key = new ProtoKey();
    private final ProtoWriter histogram = new ProtoWriter(256);
    private final CollectedExemplars exemplars = new CollectedExemplars();
    private State state = State.IDLE;
    /** The entry of the inner parser that is still to be told. */
    private @Nullable Entry held;

    private @Nullable MetricFamily family;
    private boolean hasTimestamp;
    private long timestamp;
    private long startTimestamp;

    CustomBucketsParser(ClassicParts inner, boolean keepClassic) {
        this.inner = inner;
        this.keepClassic = keepClassic;
    }

    @Override
    public void open(byte[] body, int start, int end) {
        inner.open(body, start, end);
        state = State.IDLE;
        held = null;
        family = null;
    }

    @Override
    public Entry next() throws MalformedExposition {
        while (true) {
            Entry entry = held == null ? inner.next() : held;
            held = null;
            if (state == State.TELLING) {
                state = State.IDLE;
            }
            if (state == State.COLLECTING && !continues(entry) && finish()) {
                held = entry;
                return Entry.HISTOGRAM;
            }
            if (state == State.INHIBITED && entry == Entry.SAMPLE && !isSame()) {
                state = State.IDLE;
            }
            if (entry == Entry.HISTOGRAM) {
                remember();
                state = State.INHIBITED;
            } else if (entry == Entry.SAMPLE && collect() && !keepClassic) {
                continue;
            }
            return entry;
        }
    }

    private boolean continues(Entry entry) {
        return entry == Entry.SAMPLE && isSame();
    }

    private boolean isSame() {
        byte[] body = inner.body();
        return inner.part() != Part.WHOLE
                && spans.isSameBut(SeriesSpans.BUCKET, body, inner.spans(), inner.baseNameTo());
    }

    private void remember() {
        spans.copy(inner.spans(), inner.baseNameTo());
    }

    /** Takes the sample if it is a part of a classic histogram. */
    private boolean collect() throws MalformedExposition {
        Part part = inner.part();
        if (state == State.INHIBITED || part == Part.WHOLE || part == Part.BUCKET && Double.isNaN(inner.bound())) {
            return false;
        }
        if (state == State.IDLE) {
            state = State.COLLECTING;
            remember();
            classic.clear();
            exemplars.clear();
            family = inner.family();
            startTimestamp = inner.startTimestamp();
        }
        hasTimestamp = inner.hasTimestamp();
        timestamp = inner.timestamp();
        exemplars.addAll(inner);
        switch (part) {
            case BUCKET -> classic.bucket(inner.bound(), inner.value());
            case COUNT -> classic.count(inner.value());
            case SUM -> classic.sum(inner.value());
            case WHOLE, QUANTILE -> throw new IllegalStateException(part.name());
        }
        return true;
    }

    private boolean finish() {
        histogram.clear();
        boolean whole = classic.write(histogram);
        state = whole ? State.TELLING : State.IDLE;
        if (whole) {
            key.begin(inner.body(), spans.nameFrom(), spans.nameTo(), spans, SeriesSpans.BUCKET);
            key.finish(Part.WHOLE.ordinal(), 0);
        }
        return whole;
    }

    private boolean telling() {
        return state == State.TELLING;
    }

    @Override
    public byte[] seriesArray() {
        return telling() ? key.array() : inner.seriesArray();
    }

    @Override
    public int seriesStart() {
        return telling() ? 0 : inner.seriesStart();
    }

    @Override
    public int seriesEnd() {
        return telling() ? key.size() : inner.seriesEnd();
    }

    @Override
    public void labels(LabelSink sink) throws MalformedExposition {
        if (telling()) {
            inner.tellBase(spans, sink);
        } else {
            inner.labels(sink);
        }
    }

    @Override
    public double value() {
        return inner.value();
    }

    @Override
    public byte[] histogramArray() {
        return telling() ? histogram.array() : inner.histogramArray();
    }

    @Override
    public int histogramStart() {
        return telling() ? 0 : inner.histogramStart();
    }

    @Override
    public int histogramEnd() {
        return telling() ? histogram.size() : inner.histogramEnd();
    }

    @Override
    public boolean hasTimestamp() {
        return telling() ? hasTimestamp : inner.hasTimestamp();
    }

    @Override
    public long timestamp() {
        return telling() ? timestamp : inner.timestamp();
    }

    @Override
    public long startTimestamp() {
        return telling() ? startTimestamp : inner.startTimestamp();
    }

    @Override
    public int exemplars() {
        return telling() ? exemplars.count() : inner.exemplars();
    }

    @Override
    public void exemplar(int index, ExemplarSink sink) throws MalformedExposition {
        if (telling()) {
            exemplars.tell(index, sink);
        } else {
            inner.exemplar(index, sink);
        }
    }

    @Override
    public @Nullable MetricFamily family() {
        return telling() ? family : inner.family();
    }
}
