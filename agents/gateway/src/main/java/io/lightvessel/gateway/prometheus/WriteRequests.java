package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.lightvessel.pipeline.MalformedPayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes packed WriteRequests of OTLP metrics, none larger than a limit unless one series alone is. */
final class WriteRequests {
    /**
     * What one payload came to.
     *
     * @param bodies snappy blocks, to be sent in this order
     */
    record Parts(List<byte[]> bodies, Map<Unconvertible, Long> dropped) {}

    private final SeriesTable table = new SeriesTable();
    private final MetricsTranslator translator;
    private final SnappyBlock snappy = new SnappyBlock();
    private final ProtoWriter out = new ProtoWriter(64 * 1024);
    private final int fullAt;

    WriteRequests(PrwOptions options, int maxBytes) {
        this.translator = new MetricsTranslator(options, table);
        this.fullAt = maxBytes;
    }

    /** The same bytes for the same payload, so that a retry can go on where the last attempt ended. */
    synchronized Parts of(ProtoReader reader) throws MalformedPayload {
        Map<Unconvertible, Long> dropped = new EnumMap<>(Unconvertible.class);
        dropped.putAll(translator.translate(reader));
        List<byte[]> bodies = new ArrayList<>();
        for (int next = 0; next < table.series(); ) {
            out.clear();
            next = table.write(next, out, fullAt);
            byte[] packed = snappy.pack(out.array(), out.size());
            bodies.add(Arrays.copyOf(packed, snappy.size()));
        }
        return new Parts(bodies, dropped);
    }
}
