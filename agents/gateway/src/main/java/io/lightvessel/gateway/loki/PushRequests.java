package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.net.SnappyBlock;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.HeapCopy;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes packed {@code logproto.PushRequest}s of OTLP logs, none larger than a limit unless one line alone is. */
final class PushRequests {
    /**
     * One request: a snappy block.
     *
     * @param tenant whom it is for; empty for whoever the headers say
     * @param records log records in it
     */
    record Part(byte[] body, String tenant, int records) {}

    /** What one payload came to; the parts have to be sent in their order. */
    record Parts(List<Part> parts, Map<Undeliverable, Long> dropped) {}

    private final HeapCopy heap = new HeapCopy();
    private final StreamTable table = new StreamTable();
    private final LogTranslator translator;
    private final SnappyBlock snappy = new SnappyBlock();
    private final ProtoWriter out = new ProtoWriter(64 * 1024);
    private final int fullAt;

    PushRequests(LokiOptions options, int maxBytes) {
        this.translator = new LogTranslator(options, table);
        this.fullAt = maxBytes;
    }

    /** @param now the time of records that do not say when they happened */
    synchronized Parts of(ByteBuf bytes, Instant now) throws MalformedPayload {
        Map<Undeliverable, Long> dropped = new EnumMap<>(Undeliverable.class);
        dropped.putAll(translator.translate(heap.reader(bytes), now));
        int[] order = byTenant(table.order());
        List<Part> parts = new ArrayList<>();
        for (int next = 0; next < order.length; ) {
            int end = write(order, next);
            byte[] packed = snappy.pack(out.array(), out.size());
            parts.add(new Part(Arrays.copyOf(packed, snappy.size()), tenant(order[next]), end - next));
            next = end;
        }
        return new Parts(parts, dropped);
    }

    /** A request is for one tenant. Streams stay whole, for an entry's tenant is its stream's. */
    private int[] byTenant(int[] order) {
        boolean several = false;
        for (int i = 1; i < order.length && !several; i++) {
            several = table.tenant(order[i]) != table.tenant(order[0]);
        }
        if (!several) {
            return order;
        }
        return Arrays.stream(order)
                .boxed()
                .sorted((a, b) -> Integer.compare(table.tenant(a), table.tenant(b)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int write(int[] order, int from) {
        out.clear();
        int at = from;
        int tenant = table.tenant(order[from]);
        while (at < order.length && table.tenant(order[at]) == tenant && (at == from || out.size() < fullAt)) {
            int stream = table.stream(order[at]);
            int adapter = out.begin(1);
            table.writeLabels(stream, out);
            do {
                table.writeEntry(order[at++], out);
            } while (at < order.length && table.stream(order[at]) == stream && out.size() < fullAt);
            out.end(adapter);
        }
        return at;
    }

    private String tenant(int entry) {
        int symbol = table.tenant(entry);
        return new String(
                table.symbols().array(),
                table.symbols().start(symbol),
                table.symbols().length(symbol),
                StandardCharsets.UTF_8);
    }
}
