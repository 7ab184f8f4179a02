package io.lightvessel.pipeline.pprof;

import io.lightvessel.pipeline.WireWriter;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Writes {@code push.v1.PushRequest}s, in which profiles travel to Pyroscope. */
public final class PushRequest {
    public static final int SERIES = 1;
    public static final int LABEL = 1;
    public static final int SAMPLE = 2;
    public static final int LABEL_NAME = 1;
    public static final int LABEL_VALUE = 2;
    public static final int RAW_PROFILE = 1;
    public static final int PROFILE_ID = 2;

    private PushRequest() {}

    /**
     * A request with one profile, which shares the memory of the packed bytes.
     *
     * @param labels in the order of their names
     * @param packed the gzipped profile; one reference is taken over
     */
    public static ByteBuf of(Map<String, String> labels, ByteBuf packed, UUID id, ByteBufAllocator allocator) {
        byte[] name = id.toString().getBytes(StandardCharsets.US_ASCII);
        int body = packed.readableBytes();
        int sample =
                WireWriter.sizeOfField(tag(RAW_PROFILE), body) + WireWriter.sizeOfField(tag(PROFILE_ID), name.length);
        ProtoWriter head = new ProtoWriter(512);
        head.tag(SERIES, ProtoWriter.LEN);
        ProtoWriter inner = new ProtoWriter(512);
        labels.forEach((key, value) -> label(inner, key, value));
        head.varint(inner.size() + (long) WireWriter.sizeOfField(tag(SAMPLE), sample));
        head.raw(inner.array(), 0, inner.size());
        head.tag(SAMPLE, ProtoWriter.LEN);
        head.varint(sample);
        head.tag(RAW_PROFILE, ProtoWriter.LEN);
        head.varint(body);
        ProtoWriter tail = new ProtoWriter(64);
        tail.bytes(PROFILE_ID, name, 0, name.length);
        CompositeByteBuf whole = allocator.compositeBuffer(3);
        whole.addComponent(true, Unpooled.wrappedBuffer(head.toByteArray()));
        whole.addComponent(true, packed);
        whole.addComponent(true, Unpooled.wrappedBuffer(tail.toByteArray()));
        return whole;
    }

    /**
     * Writes one series of a request, which may have many, with one profile.
     *
     * @param labels in the order of their names
     * @param packed the gzipped profile
     */
    public static void series(ProtoWriter request, Map<String, String> labels, byte[] packed, UUID id) {
        int series = request.begin(SERIES);
        labels.forEach((name, value) -> label(request, name, value));
        int sample = request.begin(SAMPLE);
        request.bytes(RAW_PROFILE, packed, 0, packed.length);
        request.string(PROFILE_ID, id.toString());
        request.end(sample);
        request.end(series);
    }

    /** Writes a label pair of a series. */
    public static void label(ProtoWriter series, String name, String value) {
        int pair = series.begin(LABEL);
        series.string(LABEL_NAME, name);
        series.string(LABEL_VALUE, value);
        series.end(pair);
    }

    private static int tag(int field) {
        return field << 3 | ProtoWriter.LEN;
    }
}
