package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.series.SeriesReader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Labels that every series gets unless it has one of that name, put where their order demands. */
final class ExternalLabels {

    /** Takes the labels of a series in the order of their names. */
    interface Taker {

        /** A label of the series itself, by its symbols. */
        void own(int name, int value);

        /** One of these labels, by its index. */
        void external(int index);
    }

    private record Label(byte[] name, byte[] value) {}

    private final List<Label> labels;

    ExternalLabels(Map<String, String> labels) {
        this.labels = labels.entrySet().stream()
                .map(label -> new Label(
                        label.getKey().getBytes(StandardCharsets.UTF_8),
                        label.getValue().getBytes(StandardCharsets.UTF_8)))
                .sorted((a, b) -> Arrays.compareUnsigned(a.name, b.name))
                .toList();
    }

    int size() {
        return labels.size();
    }

    byte[] name(int index) {
        return labels.get(index).name;
    }

    byte[] value(int index) {
        return labels.get(index).value;
    }

    void merge(SeriesReader reader, Taker taker) {
        int next = 0;
        for (int i = 0; i < reader.labels(); i += 2) {
            int order = next < labels.size() ? compare(reader, reader.label(i), labels.get(next).name) : -1;
            while (order > 0) {
                taker.external(next++);
                order = next < labels.size() ? compare(reader, reader.label(i), labels.get(next).name) : -1;
            }
            if (order == 0) {
                next++;
            }
            taker.own(reader.label(i), reader.label(i + 1));
        }
        while (next < labels.size()) {
            taker.external(next++);
        }
    }

    private static int compare(SeriesReader reader, int symbol, byte[] name) {
        ByteBuf bytes = reader.bytes();
        int start = reader.symbols().start(symbol);
        int length = reader.symbols().length(symbol);
        int common = Math.min(length, name.length);
        for (int i = 0; i < common; i++) {
            int difference = (bytes.getByte(start + i) & 0xFF) - (name[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length - name.length;
    }
}
