package io.lightvessel.gateway.pyroscope;

import io.lightvessel.gateway.pprof.format.PushReader;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes a push of several series apart into requests of one series each, adding labels that all have. */
final class PushParts implements PushReader.Visitor {
    private static final int SERIES = 1;

    private final ByteBuf request;
    private final Map<String, String> externalLabels;
    private final List<byte[]> bodies = new ArrayList<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final List<int[]> samples = new ArrayList<>();
    private int start;
    private int end;

    private PushParts(ByteBuf request, Map<String, String> externalLabels) {
        this.request = request;
        this.externalLabels = externalLabels;
    }

    /**
     * @param records in the whole request
     * @param externalLabels replace a series' own labels of the same name
     */
    static List<PushPart> of(ByteBuf request, int records, Map<String, String> externalLabels) throws MalformedPayload {
        PushParts taken = new PushParts(request, externalLabels);
        new PushReader(request).visit(taken);
        List<PushPart> parts = new ArrayList<>();
        int left = records;
        for (int i = 0; i < taken.bodies.size(); i++) {
            // How many records each has only its profile knows; requests of several series have as many of each.
            int share = left / (taken.bodies.size() - i);
            left -= share;
            parts.add(new PushPart(taken.bodies.get(i), share));
        }
        return parts;
    }

    @Override
    public void series(int from, int to) {
        start = from;
        end = to;
        labels.clear();
        samples.clear();
    }

    @Override
    public void label(String name, String value) {
        if (!externalLabels.isEmpty()) {
            labels.put(name, value);
        }
    }

    @Override
    public void sample(int from, int to) {
        samples.add(new int[] {from, to});
    }

    @Override
    public void end() {
        if (externalLabels.isEmpty()) {
            byte[] body = new byte[end - start];
            request.getBytes(start, body);
            bodies.add(body);
            return;
        }
        labels.putAll(externalLabels);
        ProtoWriter out = new ProtoWriter(end - start + 1024);
        int series = out.begin(SERIES);
        labels.forEach((name, value) -> PushRequest.label(out, name, value));
        for (int[] bounds : samples) {
            out.raw(request, bounds[0], bounds[1] - bounds[0]);
        }
        out.end(series);
        bodies.add(out.toByteArray());
    }
}
