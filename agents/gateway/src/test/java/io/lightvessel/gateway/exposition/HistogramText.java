package io.lightvessel.gateway.exposition;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Writes a native histogram in the form of remote write 2.0 down for a test to read. */
final class HistogramText {
    private static final String[] FIELDS = {
        "",
        "count",
        "countFloat",
        "sum",
        "schema",
        "zeroThreshold",
        "zero",
        "zeroFloat",
        "negSpan",
        "neg",
        "negFloat",
        "span",
        "pos",
        "posFloat",
        "hint",
        "timestamp",
        "bounds"
    };

    private HistogramText() {}

    static String of(ExpositionParser parser) {
        StringBuilder out = new StringBuilder("{");
        ProtoReader in = new ProtoReader(Unpooled.wrappedBuffer(
                parser.histogramArray(), parser.histogramStart(), parser.histogramEnd() - parser.histogramStart()));
        try {
            for (int tag = in.tag(); tag != 0; tag = in.tag()) {
                int field = tag >>> 3;
                out.append(out.length() > 1 ? " " : "").append(FIELDS[field]).append('=');
                switch (tag & 7) {
                    case ProtoWriter.VARINT -> {
                        long value = in.varint();
                        out.append(field == 4 ? unzigzag(value) : value);
                    }
                    case ProtoWriter.FIXED64 -> out.append(Double.longBitsToDouble(in.fixed64()));
                    case ProtoWriter.LEN -> out.append(nested(field, in));
                    default -> throw new AssertionError("wire type of field " + field);
                }
            }
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
        return out.append('}').toString();
    }

    private static String nested(int field, ProtoReader in) throws MalformedPayload {
        int outer = in.enter();
        List<Object> values = new ArrayList<>();
        while (in.hasMore()) {
            switch (field) {
                case 8, 11 -> {
                    long value = in.tag() >>> 3 == 1 ? unzigzag(in.varint()) : in.varint();
                    values.add(value);
                }
                case 9, 12 -> values.add(unzigzag(in.varint()));
                default -> values.add(Double.longBitsToDouble(in.fixed64()));
            }
        }
        in.leave(outer);
        return values.toString();
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
