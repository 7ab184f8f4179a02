package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.LabelSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Where in a body the name of a series and its labels stand; decoded only when somebody asks. */
final class SeriesSpans {
    private static final int UNNAMED = -1;
    /** Up to so many labels, comparing each with each is cheaper than a set. */
    private static final int FEW = 16;

    private static final byte[] NAME = "__name__".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BUCKET = "le".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUANTILE = "quantile".getBytes(StandardCharsets.US_ASCII);

    /** Start and end of the name, then of each label's name and value. */
    private int[] places = new int[64];

    private int size;

    void begin(int from, int to) {
        places[0] = from;
        places[1] = to;
        size = 2;
    }

    void beginUnnamed() {
        begin(UNNAMED, UNNAMED);
    }

    boolean isNamed() {
        return places[0] != UNNAMED;
    }

    void name(int from, int to) {
        places[0] = from;
        places[1] = to;
    }

    void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (size + 4 > places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[size] = nameFrom;
        places[size + 1] = nameTo;
        places[size + 2] = valueFrom;
        places[size + 3] = valueTo;
        size += 4;
    }

    int nameFrom() {
        return places[0];
    }

    int nameTo() {
        return places[1];
    }

    int labels() {
        return (size - 2) / 4;
    }

    int place(int label, int which) {
        return places[2 + label * 4 + which];
    }

    /** Tells name and labels; those without a value do not count, as everywhere in Prometheus. */
    void tell(byte[] body, MetricType type, NameEscaping escaping, LabelSink sink, TextErrors errors)
            throws MalformedExposition {
        if (isNamed()) {
            sink.label("__name__", escaping.escape(decoded(body, nameFrom(), nameTo(), errors)));
        }
        rejectRepeated(body, errors);
        tellLabels(body, type, escaping, sink, errors);
    }

    void tellLabels(byte[] body, MetricType type, NameEscaping escaping, LabelSink sink, TextErrors errors)
            throws MalformedExposition {
        for (int i = 2; i < size; i += 4) {
            if (places[i + 2] == places[i + 3]) {
                continue;
            }
            String value = Texts.unescaped(body, places[i + 2], places[i + 3], true);
            if (isNumber(body, type, places[i], places[i + 1])) {
                value = LabelFloats.normal(value);
            }
            sink.label(escaping.escape(decoded(body, places[i], places[i + 1], errors)), value);
        }
    }

    static boolean isNumber(byte[] body, MetricType type, int from, int to) {
        return type == MetricType.HISTOGRAM && Texts.equal(body, from, to, BUCKET)
                || type == MetricType.SUMMARY && Texts.equal(body, from, to, QUANTILE);
    }

    private static String decoded(byte[] body, int from, int to, TextErrors errors) throws MalformedExposition {
        if (from == to) {
            throw errors.at(from, "an empty name", "a name");
        }
        if (!Utf8.isValid(body, from, to)) {
            throw errors.at(from, "a name that is not valid UTF-8", "UTF-8");
        }
        return Texts.unescaped(body, from, to, true);
    }

    private void rejectRepeated(byte[] body, TextErrors errors) throws MalformedExposition {
        Set<String> many = labels() > FEW ? new HashSet<>() : Set.of();
        for (int i = 2; i < size; i += 4) {
            boolean repeated = isNamed() && Texts.equal(body, places[i], places[i + 1], NAME);
            if (labels() > FEW) {
                repeated |= !many.add(Texts.unescaped(body, places[i], places[i + 1], true));
            } else {
                for (int j = 2; j < i && !repeated; j += 4) {
                    repeated = Arrays.equals(body, places[i], places[i + 1], body, places[j], places[j + 1]);
                }
            }
            if (repeated) {
                throw errors.at(
                        places[i],
                        "label '" + Texts.unescaped(body, places[i], places[i + 1], true) + "' a second time",
                        "each label once");
            }
        }
    }
}
