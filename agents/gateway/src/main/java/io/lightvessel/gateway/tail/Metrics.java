package io.lightvessel.gateway.tail;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.function.Predicate;

/** Reads the data points of one Metric (opentelemetry/proto/metrics/v1), each as a record. */
final class Metrics {
    private static final int LEN = WireReader.LENGTH_DELIMITED;
    private static final int F64 = WireReader.FIXED64;

    private final ByteBuf bytes;
    private final Predicate<Draft> visitor;
    private String name = "";
    private String unit = "";
    private boolean done;

    private Metrics(ByteBuf bytes, Predicate<Draft> visitor) {
        this.bytes = bytes;
        this.visitor = visitor;
    }

    /** Shows the visitor one point after another until it answers false. */
    static void read(ByteBuf bytes, int from, int to, Predicate<Draft> visitor) throws MalformedPayload {
        Metrics metric = new Metrics(bytes, visitor);
        metric.readNames(new WireReader(bytes, from, to));
        WireReader in = new WireReader(bytes, from, to);
        while (in.hasMore() && !metric.done) {
            int tag = in.readTag();
            String type = switch (tag) {
                case 5 << 3 | LEN -> "gauge";
                case 7 << 3 | LEN -> "sum";
                case 9 << 3 | LEN -> "histogram";
                case 10 << 3 | LEN -> "exponential histogram";
                case 11 << 3 | LEN -> "summary";
                default -> "";
            };
            if (type.isEmpty()) {
                in.skip(tag);
            } else {
                int length = in.readLength();
                metric.points(in.position(), in.position() + length, type);
                in.skipBytes(length);
            }
        }
    }

    /** Name and unit may stand behind the points. */
    private void readNames(WireReader in) throws MalformedPayload {
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | LEN -> name = Values.text(bytes, in);
                case 3 << 3 | LEN -> unit = Values.text(bytes, in);
                default -> in.skip(tag);
            }
        }
    }

    private void points(int from, int to, String type) throws MalformedPayload {
        String temporality = "";
        String monotonic = "";
        WireReader in = new WireReader(bytes, from, to);
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 2 << 3 -> temporality = in.readVarint() == 1 ? "delta" : "cumulative";
                case 3 << 3 -> monotonic = in.readVarint() == 0 ? "" : "true";
                default -> in.skip(tag);
            }
        }
        boolean number = type.equals("gauge") || type.equals("sum");
        in = new WireReader(bytes, from, to);
        while (in.hasMore() && !done) {
            int tag = in.readTag();
            if (tag == (1 << 3 | LEN)) {
                Draft point = number ? number(in) : distribution(in, type);
                point.title = name;
                point.field("type", type);
                point.field("temporality", temporality);
                point.field("monotonic", monotonic);
                point.field("unit", unit);
                done = !visitor.test(point);
            } else {
                in.skip(tag);
            }
        }
    }

    private Draft number(WireReader in) throws MalformedPayload {
        Draft draft = new Draft();
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 3 << 3 | F64 -> draft.time = in.readFixed64();
                case 4 << 3 | F64 -> draft.field("value", decimal(in));
                case 6 << 3 | F64 -> draft.field("value", String.valueOf(in.readFixed64()));
                case 7 << 3 | LEN -> Values.attribute(bytes, in, draft.attributes);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return draft;
    }

    private Draft distribution(WireReader in, String type) throws MalformedPayload {
        boolean explicit = type.equals("histogram");
        boolean summary = type.equals("summary");
        int attributes = explicit ? 9 : summary ? 7 : 1;
        int min = explicit ? 11 : 12;
        Draft draft = new Draft();
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            int field = WireReader.field(tag);
            boolean fixed64 = WireReader.wireType(tag) == F64;
            if (tag == (attributes << 3 | LEN)) {
                Values.attribute(bytes, in, draft.attributes);
            } else if (fixed64 && field == 3) {
                draft.time = in.readFixed64();
            } else if (fixed64 && field == 4) {
                draft.field("count", Long.toUnsignedString(in.readFixed64()));
            } else if (fixed64 && field == 5) {
                draft.field("sum", decimal(in));
            } else if (fixed64 && field == min && !summary) {
                draft.field("min", decimal(in));
            } else if (fixed64 && field == min + 1 && !summary) {
                draft.field("max", decimal(in));
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return draft;
    }

    private static String decimal(WireReader in) throws MalformedPayload {
        return String.valueOf(Double.longBitsToDouble(in.readFixed64()));
    }
}
