package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.SnappyBlock;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.HeapCopy;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes packed write requests of OTLP metrics, none larger than a limit unless one series alone is. */
final class WriteRequests {
    /** One request: a snappy block. No two requests of a payload have the same series. */
    record Part(byte[] body, RequestWriter.Contents contents) {}

    /** What one payload came to. */
    record Parts(List<Part> parts, Map<Unconvertible, Long> dropped) {}

    private final HeapCopy heap = new HeapCopy();
    private final SeriesTable table = new SeriesTable();
    private final MetricsTranslator translator;
    private final SnappyBlock snappy = new SnappyBlock();
    private final Map<Protocol, RequestWriter> writers = new EnumMap<>(Protocol.class);
    private final int fullAt;

    WriteRequests(PrwOptions options, int maxBytes) {
        this.translator = new MetricsTranslator(options, table);
        this.fullAt = maxBytes;
        writers.put(Protocol.V1, new WriterV1(options.metadata()));
        writers.put(Protocol.V2, new WriterV2());
    }

    /** The same bytes for the same payload, so that a retry can go on where the last attempt ended. */
    synchronized Parts of(ByteBuf bytes, Protocol protocol) throws MalformedPayload {
        Map<Unconvertible, Long> dropped = new EnumMap<>(Unconvertible.class);
        dropped.putAll(translator.translate(heap.reader(bytes)));
        List<Part> parts = new ArrayList<>();
        RequestWriter writer = writers.get(protocol);
        if (writer == null) {
            throw new IllegalStateException(protocol.toString());
        }
        writer.begin(table);
        for (int next = 0; next < table.series(); ) {
            next = writer.write(next, table, fullAt);
            ProtoWriter request = writer.request();
            byte[] packed = snappy.pack(request.array(), request.size());
            parts.add(new Part(Arrays.copyOf(packed, snappy.size()), writer.contents()));
        }
        return new Parts(parts, dropped);
    }
}
