package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;

import io.lightvessel.gateway.labels.AttributeSpan;
import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;

/** Reads the exemplars of a point, which stand before it is known to which series they belong. */
final class ExemplarReader {
    private static final byte[] TRACE_ID = "trace_id".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SPAN_ID = "span_id".getBytes(StandardCharsets.UTF_8);
    /** Prometheus refuses exemplars whose labels have more characters than this, names included. */
    private static final int MOST_TEXT = 128;

    private final Symbols symbols;
    private final LabelSet labels;
    private final AttributeSpan attribute = new AttributeSpan();
    private final Numbers places = new Numbers();
    private long timeMillis;
    private long valueBits;

    ExemplarReader(Symbols symbols, boolean sanitizing) {
        this.symbols = symbols;
        this.labels = new LabelSet(symbols, sanitizing);
    }

    void clear() {
        places.clear();
    }

    int size() {
        return places.size();
    }

    /** Remembers where an exemplar lies. */
    void note(ProtoReader reader) throws MalformedPayload {
        int length = reader.length();
        places.add((long) reader.position() << 32 | length);
        reader.skip(length);
    }

    /** Reads the value and the labels of one that was noted; moves the reader. */
    void read(ProtoReader reader, int index, long pointMillis) throws MalformedPayload {
        int start = (int) (places.get(index) >>> 32);
        int end = start + (int) places.get(index);
        labels.reset(0);
        timeMillis = pointMillis;
        valueBits = 0;
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 2 << 3 | FIXED64 -> {
                    long millis = Long.divideUnsigned(reader.fixed64(), 1_000_000);
                    timeMillis = millis == 0 ? pointMillis : millis;
                }
                case 3 << 3 | FIXED64 -> valueBits = reader.fixed64();
                case 6 << 3 | FIXED64 -> valueBits = Double.doubleToRawLongBits(reader.fixed64());
                case 4 << 3 | LEN -> id(reader, SPAN_ID);
                case 5 << 3 | LEN -> id(reader, TRACE_ID);
                default -> reader.skipField(tag);
            }
        }
        attributes(reader, start, end);
    }

    double value() {
        return Double.longBitsToDouble(valueBits);
    }

    void addTo(Exemplars exemplars, int series) {
        exemplars.add(series, labels, timeMillis, valueBits);
    }

    private void id(ProtoReader reader, byte[] name) throws MalformedPayload {
        int length = reader.length();
        ProtoWriter text = symbols.text();
        int from = text.size();
        AttributeText.hex(reader, reader.position(), length, text);
        reader.skip(length);
        int value = symbols.intern(from);
        labels.add(symbols.intern(name), value, LabelSet.OWN);
    }

    /** All of them or none: the ids are what people follow, and too much text loses the whole exemplar. */
    private void attributes(ProtoReader reader, int start, int end) throws MalformedPayload {
        int mark = labels.mark();
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (7 << 3 | LEN)) {
                attribute.enter(reader);
                attribute.addTo(labels, reader, LabelSet.POINT);
                attribute.leave(reader);
            } else {
                reader.skipField(tag);
            }
        }
        if (labels.mark() > mark && labels.characters() > MOST_TEXT) {
            labels.reset(mark);
        }
    }
}
