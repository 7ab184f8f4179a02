package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.WireCursor.FIXED64;
import static io.lightvessel.gateway.exposition.WireCursor.LEN;
import static io.lightvessel.gateway.exposition.WireCursor.VARINT;

/** One metric of a family in the protobuf format: labels, time, and what its type says about it. */
final class ProtoMetric {
    final SeriesSpans spans = new SeriesSpans();
    final ProtoHistogram histogram = new ProtoHistogram();
    /** Of a summary. */
    final Places quantiles = new Places();
    /** Of a counter; at most one. */
    final Places exemplars = new Places();

    private final Places value = new Places();
    private ProtoType type = ProtoType.COUNTER;
    private double number;
    private long count;
    private long created;
    private long timestamp;

    /** Reads the message that the cursor is in; the spans keep the name they were begun with. */
    void read(WireCursor in, ProtoType type) throws MalformedExposition {
        this.type = type;
        number = 0;
        count = 0;
        created = 0;
        timestamp = 0;
        quantiles.clear();
        exemplars.clear();
        value.clear();
        histogram.clear();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == (1 << 3 | LEN)) {
                label(in);
            } else if (tag == (6 << 3 | VARINT)) {
                timestamp = in.varint();
            } else if (tag == (type.field() << 3 | LEN)) {
                value.add(in);
            } else if (tag >>> 3 == 1 || tag >>> 3 == 6 || tag >>> 3 == type.field()) {
                throw in.wrongType("field " + (tag >>> 3) + " of a metric", tag);
            } else {
                in.skip(tag);
            }
        }
        if (value.count() > 0) {
            // A field that came twice: the last one counts.
            in.enter(value.from(value.count() - 1), value.to(value.count() - 1));
            readValue(in);
        }
    }

    private void label(WireCursor in) throws MalformedExposition {
        int outer = in.into();
        int nameFrom = 0;
        int nameTo = 0;
        int valueFrom = 0;
        int valueTo = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> {
                    nameTo = in.past();
                    nameFrom = nameTo - in.lastLength();
                }
                case 2 << 3 | LEN -> {
                    valueTo = in.past();
                    valueFrom = valueTo - in.lastLength();
                }
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        spans.add(nameFrom, nameTo, valueFrom, valueTo);
    }

    private void readValue(WireCursor in) throws MalformedExposition {
        switch (type) {
            case COUNTER, GAUGE, UNTYPED -> readNumber(in);
            case SUMMARY -> readSummary(in);
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                histogram.read(in);
                created = histogram.created();
            }
        }
    }

    private void readNumber(WireCursor in) throws MalformedExposition {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == (1 << 3 | FIXED64)) {
                number = Double.longBitsToDouble(in.fixed64());
            } else if (tag >>> 3 == 1) {
                throw in.wrongType("a value", tag);
            } else if (type == ProtoType.COUNTER && tag == (2 << 3 | LEN)) {
                exemplars.clear();
                exemplars.add(in);
            } else if (type == ProtoType.COUNTER && tag == (3 << 3 | LEN)) {
                created = ProtoHistogram.timestamp(in);
            } else {
                in.skip(tag);
            }
        }
    }

    private void readSummary(WireCursor in) throws MalformedExposition {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> count = in.varint();
                case 2 << 3 | FIXED64 -> number = Double.longBitsToDouble(in.fixed64());
                case 3 << 3 | LEN -> quantiles.add(in);
                case 4 << 3 | LEN -> created = ProtoHistogram.timestamp(in);
                default -> {
                    if (tag >>> 3 <= 4) {
                        throw in.wrongType("field " + (tag >>> 3) + " of a summary", tag);
                    }
                    in.skip(tag);
                }
            }
        }
    }

    /** The value of a counter, gauge or untyped metric. */
    double number() {
        return number;
    }

    double count() {
        return type == ProtoType.SUMMARY ? Floats.ofUnsigned(count) : histogram.count();
    }

    double sum() {
        return type == ProtoType.SUMMARY ? number : histogram.sum();
    }

    long created() {
        return created;
    }

    /** 0 when the target gives none. */
    long timestamp() {
        return timestamp;
    }
}
