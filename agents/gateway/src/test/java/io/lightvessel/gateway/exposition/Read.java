package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a whole answer and writes down every entry as a line. */
final class Read {
    private Read() {}

    static List<String> all(ExpositionParser parser, String body) throws MalformedExposition {
        return all(parser, body.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> all(ExpositionParser parser, byte[] body) throws MalformedExposition {
        // Somewhere in the middle of an array, as in real life.
        byte[] array = new byte[body.length + 20];
        java.util.Arrays.fill(array, (byte) '"');
        System.arraycopy(body, 0, array, 7, body.length);
        parser.open(array, 7, 7 + body.length);
        List<String> entries = new ArrayList<>();
        while (true) {
            switch (parser.next()) {
                case SAMPLE -> entries.add(series(parser) + " " + parser.value() + rest(parser));
                case HISTOGRAM -> entries.add(series(parser) + " " + HistogramText.of(parser) + rest(parser));
                case METADATA -> entries.add("# " + parser.family());
                case END -> {
                    return entries;
                }
            }
        }
    }

    static List<String> samples(ExpositionParser parser, String body) throws MalformedExposition {
        return all(parser, body).stream().filter(line -> !line.startsWith("# ")).toList();
    }

    private static String rest(ExpositionParser parser) throws MalformedExposition {
        StringBuilder out = new StringBuilder();
        if (parser.hasTimestamp()) {
            out.append(" @").append(parser.timestamp());
        }
        if (parser.startTimestamp() != 0) {
            out.append(" since ").append(parser.startTimestamp());
        }
        for (int i = 0; i < parser.exemplars(); i++) {
            out.append(" # {");
            parser.exemplar(i, new ExpositionParser.ExemplarSink() {
                @Override
                public void label(String name, String value) {
                    out.append(name).append('=').append(value).append(' ');
                }

                @Override
                public void end(double value, boolean hasTimestamp, long timestampMillis) {
                    out.append("} ").append(value);
                    if (hasTimestamp) {
                        out.append(" @").append(timestampMillis);
                    }
                }
            });
        }
        return out.toString();
    }

    static String series(ExpositionParser parser) throws MalformedExposition {
        Map<String, String> labels = labels(parser);
        String name = labels.remove("__name__");
        return name + labels;
    }

    static Map<String, String> labels(ExpositionParser parser) throws MalformedExposition {
        Map<String, String> labels = new TreeMap<>();
        parser.labels((name, value) -> {
            if (labels.put(name, value) != null) {
                throw new AssertionError(name + " told twice");
            }
        });
        return labels;
    }
}
