package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Makes native histograms coarser until they are within a job's limits. Reused, not shared. */
final class NativeHistogram {
    /** A histogram that says that its series has ended: no observations, and a sum with the bits of the marker. */
    static final byte[] STALE = stale();

    private static final int SCHEMA = 4;
    private static final int COARSEST = -4;
    /** Schemas below have buckets with bounds of their own, which cannot be merged. */
    private static final int EXPONENTIAL = -4;

    private final BucketRow negative = new BucketRow(8, 9, 10);
    private final BucketRow positive = new BucketRow(11, 12, 13);
    private final ProtoWriter out = new ProtoWriter(1024);

    private static byte[] stale() {
        ProtoWriter marker = new ProtoWriter(16);
        marker.varint(1, 0);
        marker.fixed64(3, ScrapeRequest.STALE);
        return marker.toByteArray();
    }

    /** The histogram within the limits, valid until the next call; null when it cannot be made so. */
    @Nullable
    ProtoWriter within(byte[] bytes, int from, int length, SeriesOptions options) throws MalformedExposition {
        out.clear();
        negative.clear();
        positive.clear();
        try {
            int schema = read(new ProtoReader(Unpooled.wrappedBuffer(bytes, from, length)));
            int coarser = schema;
            if (schema >= EXPONENTIAL) {
                coarser = Math.min(schema, options.maxSchema());
                reduce(schema - coarser);
            }
            if (options.bucketLimit() > 0) {
                while (negative.buckets() + positive.buckets() > options.bucketLimit()) {
                    if (schema < EXPONENTIAL || coarser <= COARSEST) {
                        return null;
                    }
                    coarser--;
                    reduce(1);
                }
            }
            if (coarser == schema) {
                out.clear();
                out.raw(bytes, from, length);
            } else {
                out.varint(SCHEMA, (long) coarser << 1 ^ coarser >> 31);
                negative.writeTo(out);
                positive.writeTo(out);
            }
            return out;
        } catch (MalformedPayload e) {
            throw new MalformedExposition("a native histogram cannot be read: " + e.getMessage());
        }
    }

    private void reduce(int steps) {
        if (steps > 0) {
            negative.merge(steps);
            positive.merge(steps);
        }
    }

    /** Copies everything but schema and buckets; returns the schema. */
    private int read(ProtoReader in) throws MalformedPayload {
        int schema = 0;
        for (int start = in.position(), tag = in.tag(); tag != 0; start = in.position(), tag = in.tag()) {
            if (tag >>> 3 == SCHEMA) {
                int value = (int) in.varint();
                schema = value >>> 1 ^ -(value & 1);
            } else if (!negative.read(tag, in) && !positive.read(tag, in)) {
                in.skipField(tag);
                out.raw(in.bytes(), start, in.position() - start);
            }
        }
        return schema;
    }
}
