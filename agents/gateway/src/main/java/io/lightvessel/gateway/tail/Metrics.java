package io.lightvessel.gateway.tail;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Reads the data points of one Metric (opentelemetry/proto/metrics/v1), each as a record. */
final class Metrics {
    private static final int LEN = WireReader.LENGTH_DELIMITED;
    private static final int F64 = WireReader.FIXED64;

    private final ByteBuf bytes;
    private final int most;
    private final List<Draft> drafts = new ArrayList<>();
    private String name = "";
    private String unit = "";

    private Metrics(ByteBuf bytes, int most) {
        this.bytes = bytes;
        this.most = most;
    }

    /** At most so many of the points. */
    static List<Draft> read(ByteBuf bytes, WireReader in, int most) throws MalformedPayload {
        Metrics metric = new Metrics(bytes, most);
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | LEN -> metric.name = Values.text(bytes, in);
                case 3 << 3 | LEN -> metric.unit = Values.text(bytes, in);
                case 5 << 3 | LEN -> metric.points(in, "gauge");
                case 7 << 3 | LEN -> metric.points(in, "sum");
                case 9 << 3 | LEN -> metric.points(in, "histogram");
                case 10 << 3 | LEN -> metric.points(in, "exponential histogram");
                case 11 << 3 | LEN -> metric.points(in, "summary");
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        // Name and unit may stand behind the points.
        for (Draft draft : metric.drafts) {
            draft.title = metric.name;
            draft.field("unit", metric.unit);
        }
        return metric.drafts;
    }

    private void points(WireReader in, String type) throws MalformedPayload {
        int first = drafts.size();
        String temporality = "";
        String monotonic = "";
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | LEN -> {
                    if (drafts.size() >= most) {
                        in.skip(tag);
                    } else {
                        drafts.add(type.equals("gauge") || type.equals("sum") ? number(in) : distribution(in, type));
                    }
                }
                case 2 << 3 -> temporality = in.readVarint() == 1 ? "delta" : "cumulative";
                case 3 << 3 -> monotonic = in.readVarint() == 0 ? "" : "true";
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        for (Draft draft : drafts.subList(first, drafts.size())) {
            draft.field("type", type);
            draft.field("temporality", temporality);
            draft.field("monotonic", monotonic);
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
        int attributes = explicit ? 9 : type.equals("summary") ? 7 : 1;
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
            } else if (fixed64 && field == min && !type.equals("summary")) {
                draft.field("min", decimal(in));
            } else if (fixed64 && field == min + 1 && !type.equals("summary")) {
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
