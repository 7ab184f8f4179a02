package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.ExemplarSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps the exemplars of several samples; few samples have any, so these are kept as objects. */
final class CollectedExemplars {
    private record Kept(List<String> labels, double value, boolean hasTimestamp, long timestamp) {}

    private final List<Kept> kept = new ArrayList<>();

    void clear() {
        kept.clear();
    }

    int count() {
        return kept.size();
    }

    void addAll(ExpositionParser parser) throws MalformedExposition {
        for (int i = 0; i < parser.exemplars(); i++) {
            List<String> labels = new ArrayList<>();
            parser.exemplar(i, new ExemplarSink() {
                @Override
                public void label(String name, String value) {
                    labels.add(name);
                    labels.add(value);
                }

                @Override
                public void end(double value, boolean hasTimestamp, long timestampMillis) {
                    kept.add(new Kept(labels, value, hasTimestamp, timestampMillis));
                }
            });
        }
    }

    void tell(int index, ExemplarSink sink) {
        Kept exemplar = kept.get(index);
        for (int i = 0; i < exemplar.labels.size(); i += 2) {
            sink.label(exemplar.labels.get(i), exemplar.labels.get(i + 1));
        }
        sink.end(exemplar.value, exemplar.hasTimestamp, exemplar.timestamp);
    }
}
