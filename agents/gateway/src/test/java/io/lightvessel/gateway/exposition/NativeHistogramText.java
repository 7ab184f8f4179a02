package io.lightvessel.gateway.exposition;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Writes a native histogram as its bounds and counts, from the lowest bucket up, as Prometheus answers to queries. */
final class NativeHistogramText {
    private record Bucket(double lower, double upper, double count) {}

    private record Span(long offset, long length) {}

    private NativeHistogramText() {}

    static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    static void bucket(StringBuilder out, double lower, double upper, double count) {
        out.append(String.format(Locale.ROOT, " %.9g..%.9g: %s", lower, upper, count));
    }

    static String of(ExpositionParser parser) {
        ProtoReader in = new ProtoReader(Unpooled.wrappedBuffer(
                parser.histogramArray(), parser.histogramStart(), parser.histogramEnd() - parser.histogramStart()));
        double count = 0;
        double sum = 0;
        double zero = 0;
        double threshold = 0;
        int schema = 0;
        List<Span> down = new ArrayList<>();
        List<Span> up = new ArrayList<>();
        List<Double> downCounts = new ArrayList<>();
        List<Double> upCounts = new ArrayList<>();
        try {
            for (int tag = in.tag(); tag != 0; tag = in.tag()) {
                switch (tag >>> 3) {
                    case 1 -> count = in.varint();
                    case 2 -> count = Double.longBitsToDouble(in.fixed64());
                    case 3 -> sum = Double.longBitsToDouble(in.fixed64());
                    case 4 -> schema = (int) unzigzag(in.varint());
                    case 5 -> threshold = Double.longBitsToDouble(in.fixed64());
                    case 6 -> zero = in.varint();
                    case 7 -> zero = Double.longBitsToDouble(in.fixed64());
                    case 8 -> down.add(span(in));
                    case 9 -> deltas(in, downCounts);
                    case 10 -> counts(in, downCounts);
                    case 11 -> up.add(span(in));
                    case 12 -> deltas(in, upCounts);
                    case 13 -> counts(in, upCounts);
                    default -> in.skipField(tag);
                }
            }
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
        List<Bucket> buckets = new ArrayList<>();
        for (Bucket bucket : buckets(down, downCounts, schema).reversed()) {
            buckets.add(new Bucket(-bucket.upper, -bucket.lower, bucket.count));
        }
        if (zero > 0) {
            buckets.add(new Bucket(-threshold, threshold, zero));
        }
        buckets.addAll(buckets(up, upCounts, schema));
        StringBuilder out = new StringBuilder(count + " " + sum);
        buckets.forEach(bucket -> bucket(out, bucket.lower, bucket.upper, bucket.count));
        return out.toString();
    }

    private static List<Bucket> buckets(List<Span> spans, List<Double> counts, int schema) {
        List<Bucket> buckets = new ArrayList<>();
        long index = 0;
        for (Span span : spans) {
            index += span.offset;
            for (long i = 0; i < span.length; i++, index++) {
                buckets.add(new Bucket(bound(index - 1, schema), bound(index, schema), counts.get(buckets.size())));
            }
        }
        return Collections.unmodifiableList(buckets);
    }

    private static double bound(long index, int schema) {
        return Math.pow(2, index * Math.pow(2, -schema));
    }

    private static Span span(ProtoReader in) throws MalformedPayload {
        int outer = in.enter();
        in.tag();
        long offset = unzigzag(in.varint());
        in.tag();
        Span span = new Span(offset, in.varint());
        in.leave(outer);
        return span;
    }

    private static void deltas(ProtoReader in, List<Double> counts) throws MalformedPayload {
        int outer = in.enter();
        long value = 0;
        while (in.hasMore()) {
            value += unzigzag(in.varint());
            counts.add((double) value);
        }
        in.leave(outer);
    }

    private static void counts(ProtoReader in, List<Double> counts) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            counts.add(Double.longBitsToDouble(in.fixed64()));
        }
        in.leave(outer);
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
