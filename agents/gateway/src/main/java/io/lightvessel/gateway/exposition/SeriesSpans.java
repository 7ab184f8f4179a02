package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.LabelSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in a body the name of a series and its labels stand; decoded only when somebody asks. */
final class SeriesSpans {
    private static final int UNNAMED = -1;
    /** Up to so many labels, comparing each with each is cheaper than a set. */
    private static final int FEW = 16;

    private static final byte[] NAME = "__name__".getBytes(StandardCharsets.US_ASCII);
    static final byte[] BUCKET = "le".getBytes(StandardCharsets.US_ASCII);
    static final byte[] QUANTILE = "quantile".getBytes(StandardCharsets.US_ASCII);

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

    /** Takes over what another has read, with its name up to a place. */
    void copy(SeriesSpans other, int nameTo) {
        if (places.length < other.size) {
            places = new int[other.places.length];
        }
        System.arraycopy(other.places, 0, places, 0, other.size);
        size = other.size;
        places[1] = nameTo;
    }

    /** Whether the name of the other up to a place, and all labels but one, are the same, in the same order. */
    boolean isSameBut(byte[] skipped, byte[] body, SeriesSpans other, int otherNameTo) {
        return Arrays.equals(body, nameFrom(), nameTo(), body, other.nameFrom(), otherNameTo)
                && hasLabelsBut(skipped, body, other);
    }

    /** Whether all labels but one are the same, in the same order. */
    boolean hasLabelsBut(byte[] skipped, byte[] body, SeriesSpans other) {
        int mine = nextBut(skipped, body, 2);
        int its = other.nextBut(skipped, body, 2);
        while (mine < size && its < other.size) {
            if (!same(body, mine, other, its) || !same(body, mine + 2, other, its + 2)) {
                return false;
            }
            mine = nextBut(skipped, body, mine + 4);
            its = other.nextBut(skipped, body, its + 4);
        }
        return mine >= size && its >= other.size;
    }

    private boolean same(byte[] body, int mine, SeriesSpans other, int its) {
        return Arrays.equals(body, places[mine], places[mine + 1], body, other.places[its], other.places[its + 1]);
    }

    private int nextBut(byte[] skipped, byte[] body, int from) {
        int i = from;
        while (i < size && skipped.length > 0 && Texts.equal(body, places[i], places[i + 1], skipped)) {
            i += 4;
        }
        return i;
    }

    /** The number a label of this name says; NaN when there is none, or it is no number. */
    double number(byte[] name, byte[] body) {
        for (int i = 2; i < size; i += 4) {
            if (Texts.equal(body, places[i], places[i + 1], name)) {
                long bits = Floats.bits(body, places[i + 2], places[i + 3]);
                return bits == Floats.INVALID || bits == Floats.OUT_OF_RANGE
                        ? Double.NaN
                        : Double.longBitsToDouble(bits);
            }
        }
        return Double.NaN;
    }

    /** Tells name and labels; those without a value do not count, as everywhere in Prometheus. */
    void tell(byte[] body, MetricType type, NameEscaping escaping, LabelSink sink, TextErrors errors)
            throws MalformedExposition {
        if (isNamed()) {
            sink.label("__name__", escaping.escape(decoded(body, nameFrom(), nameTo(), errors)));
        }
        String repeated = repeated(body, true);
        if (repeated != null) {
            throw errors.at(nameTo(), "label '" + repeated + "' a second time", "each label once");
        }
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

    /** Tells a series that is not written as a text: nothing in it is escaped, and what part it is makes its name whole. */
    void tellRaw(byte[] body, Part part, double bound, NameEscaping escaping, LabelSink sink, WireCursor errors)
            throws MalformedExposition {
        String name = new String(body, nameFrom(), nameTo() - nameFrom(), StandardCharsets.UTF_8);
        sink.label("__name__", escaping.escape(name + part.suffix()));
        String added = part == Part.BUCKET ? "le" : part == Part.QUANTILE ? "quantile" : "";
        String repeated = repeated(body, false);
        for (int i = 2; i < size; i += 4) {
            if (places[i] == places[i + 1]
                    || !Utf8.isValid(body, places[i], places[i + 1])
                    || !Utf8.isValid(body, places[i + 2], places[i + 3])) {
                throw errors.malformed(
                        "a label of '" + name + "' whose name is empty or which is not valid UTF-8", "UTF-8");
            }
            String label = new String(body, places[i], places[i + 1] - places[i], StandardCharsets.UTF_8);
            if (repeated != null || label.equals(added)) {
                throw errors.malformed(
                        "label '" + (repeated == null ? label : repeated) + "' of '" + name + "' a second time",
                        "each label once");
            }
            if (places[i + 2] < places[i + 3]) {
                sink.label(
                        escaping.escape(label),
                        new String(body, places[i + 2], places[i + 3] - places[i + 2], StandardCharsets.UTF_8));
            }
        }
        if (!added.isEmpty()) {
            sink.label(added, LabelFloats.format(bound));
        }
    }

    /** A label that comes twice, if any. */
    private @Nullable String repeated(byte[] body, boolean escapes) {
        Set<String> many = labels() > FEW ? new HashSet<>() : Set.of();
        for (int i = 2; i < size; i += 4) {
            boolean repeated = isNamed() && Texts.equal(body, places[i], places[i + 1], NAME);
            if (labels() > FEW) {
                repeated |= !many.add(label(body, i, escapes));
            } else {
                for (int j = 2; j < i && !repeated; j += 4) {
                    repeated = Arrays.equals(body, places[i], places[i + 1], body, places[j], places[j + 1]);
                }
            }
            if (repeated) {
                return label(body, i, escapes);
            }
        }
        return null;
    }

    private String label(byte[] body, int i, boolean escapes) {
        return escapes
                ? Texts.unescaped(body, places[i], places[i + 1], true)
                : new String(body, places[i], places[i + 1] - places[i], StandardCharsets.UTF_8);
    }
}
