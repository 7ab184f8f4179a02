package io.lightvessel.gateway.testing;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A target's answer in delimited protobuf: gauges, counters, summaries, histograms of both kinds. */
final class AnsweredProtobuf {
    private static final int[] TYPES = {3, 0, 1, 4, 5, 2};
    /** Of a histogram's fields in remote write, those that answers have, and their numbers there. */
    private static final Map<Integer, Integer> HISTOGRAM =
            Map.of(1, 1, 3, 2, 4, 5, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12, 12, 13);

    private AnsweredProtobuf() {}

    static byte[] of(Map<String, List<Scrape.Told>> families) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        families.forEach((name, series) -> {
            // One name may be that of two families of different types.
            Map<Integer, List<Scrape.Told>> byType = new TreeMap<>();
            series.forEach(one ->
                    byType.computeIfAbsent(one.type(), _ -> new ArrayList<>()).add(one));
            byType.forEach((type, alike) -> {
                byte[] family = family(name, type, alike);
                all.writeBytes(Scrape.message(out -> out.writeUInt32NoTag(family.length)));
                all.writeBytes(family);
            });
        });
        return all.toByteArray();
    }

    private static byte[] family(String name, int type, List<Scrape.Told> series) {
        return Scrape.message(out -> {
            out.writeString(1, name);
            if (!series.getFirst().help().isEmpty()) {
                out.writeString(2, series.getFirst().help());
            }
            out.writeEnum(3, TYPES[type]);
            Map<List<String>, List<Scrape.Told>> metrics = new LinkedHashMap<>();
            for (Scrape.Told one : series) {
                metrics.computeIfAbsent(without(one.own()), _ -> new ArrayList<>())
                        .add(one);
            }
            for (Map.Entry<List<String>, List<Scrape.Told>> metric : metrics.entrySet()) {
                out.writeByteArray(4, metric(type, name, metric.getKey(), metric.getValue()));
            }
        });
    }

    private static List<String> without(List<String> labels) {
        int at = Math.max(labels.indexOf("le"), labels.indexOf("quantile"));
        List<String> rest = new ArrayList<>(labels);
        if (at >= 0) {
            rest.subList(at, at + 2).clear();
        }
        return rest;
    }

    private static byte[] metric(int type, String name, List<String> labels, List<Scrape.Told> parts) {
        return Scrape.message(out -> {
            for (int i = 0; i < labels.size(); i += 2) {
                String key = labels.get(i);
                String value = labels.get(i + 1);
                out.writeByteArray(1, Scrape.message(label -> {
                    label.writeString(1, key);
                    label.writeString(2, value);
                }));
            }
            switch (type) {
                case Scrape.GAUGE -> out.writeByteArray(2, single(parts));
                case Scrape.COUNTER -> out.writeByteArray(3, single(parts));
                case Scrape.SUMMARY -> out.writeByteArray(4, Scrape.message(s -> parts(s, name, "quantile", 3, parts)));
                case Scrape.HISTOGRAM -> out.writeByteArray(7, histogram(name, parts));
                default -> out.writeByteArray(5, single(parts));
            }
            out.writeInt64(6, parts.getFirst().at());
        });
    }

    private static byte[] single(List<Scrape.Told> parts) {
        return Scrape.message(
                out -> out.writeDouble(1, parts.getFirst().values().getFirst().value()));
    }

    private static byte[] histogram(String name, List<Scrape.Told> parts) throws InvalidProtocolBufferException {
        UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
        for (Scrape.Told part : parts) {
            if (part.histogram() != null) {
                UnknownFieldSet.parseFrom(Scrape.message(part.histogram()))
                        .asMap()
                        .forEach((number, field) -> fields.addField(HISTOGRAM.get(number), field));
            }
        }
        List<Scrape.Told> classic =
                parts.stream().filter(part -> part.histogram() == null).toList();
        // Where both are there the native one's count and sum are those of both.
        return Scrape.message(out -> {
            parts(out, name, "le", 3, classic);
            out.writeRawBytes(fields.build().toByteArray());
        });
    }

    /** Count, sum, and each bucket or quantile. */
    private static void parts(CodedOutputStream out, String name, String label, int field, List<Scrape.Told> parts)
            throws IOException {
        for (Scrape.Told part : parts) {
            double value = part.values().getFirst().value();
            if (part.name().equals(name + "_count")) {
                out.writeUInt64(1, (long) value);
            } else if (part.name().equals(name + "_sum")) {
                out.writeDouble(2, value);
            } else {
                String text = part.own().get(part.own().indexOf(label) + 1);
                double bound = text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
                boolean bucket = label.equals("le");
                out.writeByteArray(field, Scrape.message(one -> {
                    if (bucket) {
                        one.writeUInt64(1, (long) value);
                        one.writeDouble(2, bound);
                    } else {
                        one.writeDouble(1, bound);
                        one.writeDouble(2, value);
                    }
                }));
            }
        }
    }
}
