package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.exposition.ExpositionParser.LabelSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where in a body the name of a series and its labels stand; decoded only when somebody asks. */
final class SeriesSpans {
    private static final int UNNAMED = -1;
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

    /** Tells name and labels. */
    void tell(byte[] body, MetricType type, NameEscaping escaping, LabelSink sink, TextErrors errors)
            throws MalformedExposition {
        LabelList labels = new LabelList();
        labels.add(LabelList.NAME, escaping.escape(decoded(body, nameFrom(), nameTo(), errors)));
        collect(body, type, escaping, labels, errors);
        String repeated = labels.repeated();
        if (repeated != null) {
            throw errors.at(nameTo(), "label '" + repeated + "' a second time", "each label once");
        }
        labels.tell(sink);
    }

    /** Tells labels only, as exemplars have them. */
    void tellLabels(byte[] body, LabelSink sink, TextErrors errors) throws MalformedExposition {
        LabelList labels = new LabelList();
        collect(body, MetricType.UNSPECIFIED, NameEscaping.ALLOW_UTF_8, labels, errors);
        labels.tell(sink);
    }

    private void collect(byte[] body, MetricType type, NameEscaping escaping, LabelList labels, TextErrors errors)
            throws MalformedExposition {
        for (int i = 2; i < size; i += 4) {
            String value = Texts.unescaped(body, places[i + 2], places[i + 3], true);
            if (isNumber(body, type, places[i], places[i + 1])) {
                value = LabelFloats.normal(value);
            }
            labels.add(escaping.escape(decoded(body, places[i], places[i + 1], errors)), value);
        }
    }

    private static boolean isNumber(byte[] body, MetricType type, int from, int to) {
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
        LabelList labels = new LabelList();
        labels.add(LabelList.NAME, escaping.escape(raw(body, nameFrom(), nameTo(), errors) + part.suffix()));
        for (int i = 2; i < size; i += 4) {
            if (places[i] == places[i + 1]) {
                throw errors.malformed("a label without a name", "a name");
            }
            labels.add(
                    escaping.escape(raw(body, places[i], places[i + 1], errors)),
                    raw(body, places[i + 2], places[i + 3], errors));
        }
        if (part == Part.BUCKET || part == Part.QUANTILE) {
            labels.add(part == Part.BUCKET ? "le" : "quantile", LabelFloats.format(bound));
        }
        String repeated = labels.repeated();
        if (repeated != null) {
            throw errors.malformed(
                    "label '" + repeated + "' of '" + raw(body, nameFrom(), nameTo(), errors) + "' a second time",
                    "each label once");
        }
        labels.tell(sink);
    }

    private static String raw(byte[] body, int from, int to, WireCursor errors) throws MalformedExposition {
        if (!Utf8.isValid(body, from, to)) {
            throw errors.malformed("a name or label that is not valid UTF-8", "UTF-8");
        }
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }
}
