package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.SnappyBlock;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes packed write requests of scraped series. A payload that need not be changed for 2.0 is packed as it is; otherwise
 * its series are copied with their numbers translated.
 */
final class SeriesRequests {
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT = 8 << 20;

    private final ExternalLabels external;
    private final int fullAt;
    private final SnappyBlock snappy = new SnappyBlock();
    private final Map<Protocol, SeriesWriter> writers = new EnumMap<>(Protocol.class);
    private byte[] plain = new byte[64 * 1024];

    private int points;
    private int samples;
    private int histograms;
    private int exemplars;

    SeriesRequests(PrwOptions options, int maxBytes) {
        this.external = new ExternalLabels(options.externalLabels());
        this.fullAt = maxBytes;
        writers.put(Protocol.V1, new SeriesWriterV1(external, options.metadata()));
        writers.put(Protocol.V2, new SeriesWriterV2(external));
    }

    /** Payloads of this many bytes in all fit into one request. */
    int mergeable() {
        // What external labels add depends on the number of series, so there is room for a good deal.
        return external.size() == 0 ? fullAt : fullAt / 2;
    }

    /** One payload's requests, the same for every attempt; one if it fits. */
    synchronized List<WriteRequests.Part> of(Payload payload, Protocol protocol) throws MalformedPayload {
        if (protocol == Protocol.V2 && external.size() == 0 && payload.size() <= fullAt) {
            return verbatim(payload);
        }
        List<WriteRequests.Part> parts = new ArrayList<>();
        SeriesWriter writer = begin(protocol);
        SeriesReader reader = new SeriesReader(payload.bytes());
        SeriesRuns runs = new SeriesRuns(reader);
        SeriesWriter.Source source = writer.source(reader, runs);
        while (reader.next()) {
            if (writer.size() >= fullAt) {
                parts.add(part(writer));
                begin(protocol);
            }
            count(reader, runs.look());
            source.add();
        }
        if (samples + histograms > 0) {
            parts.add(part(writer));
        }
        return parts;
    }

    /** One request with the series of several payloads. */
    synchronized WriteRequests.Part merged(List<Payload> payloads, Protocol protocol) throws MalformedPayload {
        SeriesWriter writer = begin(protocol);
        for (Payload payload : payloads) {
            SeriesReader reader = new SeriesReader(payload.bytes());
            SeriesRuns runs = new SeriesRuns(reader);
            SeriesWriter.Source source = writer.source(reader, runs);
            while (reader.next()) {
                count(reader, runs.look());
                source.add();
            }
        }
        return part(writer);
    }

    private SeriesWriter begin(Protocol protocol) {
        SeriesWriter writer = writers.get(protocol);
        if (writer == null) {
            throw new IllegalStateException(protocol.toString());
        }
        writer.begin();
        points = 0;
        samples = 0;
        histograms = 0;
        exemplars = 0;
        return writer;
    }

    private void count(SeriesReader reader, int records) {
        points += records;
        samples += reader.samples();
        histograms += reader.histograms().count();
        exemplars += reader.exemplars().count();
    }

    private WriteRequests.Part part(SeriesWriter writer) {
        ProtoWriter request = writer.finish();
        return packed(request.array(), request.size());
    }

    private WriteRequests.Part packed(byte[] bytes, int size) {
        byte[] packed = snappy.pack(bytes, size);
        return new WriteRequests.Part(
                Arrays.copyOf(packed, snappy.size()),
                new RequestWriter.Contents(points, samples, histograms, exemplars));
    }

    private List<WriteRequests.Part> verbatim(Payload payload) throws MalformedPayload {
        begin(Protocol.V2);
        SeriesReader reader = new SeriesReader(payload.bytes());
        SeriesRuns runs = new SeriesRuns(reader);
        while (reader.next()) {
            count(reader, runs.look());
        }
        if (samples + histograms == 0) {
            return List.of();
        }
        int size = payload.size();
        byte[] copy = plain;
        if (copy.length < size) {
            copy = new byte[size];
            if (size <= KEPT) {
                plain = copy;
            }
        }
        payload.bytes().getBytes(payload.bytes().readerIndex(), copy, 0, size);
        return List.of(packed(copy, size));
    }
}
