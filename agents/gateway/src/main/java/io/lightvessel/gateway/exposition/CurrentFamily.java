package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The family that is being read: what its metadata said so far, as places in the body. */
final class CurrentFamily {
    private static final byte[][] COUNTER = {bytes("_total")};
    private static final byte[][] HISTOGRAM = {bytes("_bucket"), bytes("_sum"), bytes("_count")};
    private static final byte[][] GAUGE_HISTOGRAM = {bytes("_bucket"), bytes("_gsum"), bytes("_gcount")};
    private static final byte[][] SUMMARY = {bytes("_sum"), bytes("_count")};
    private static final byte[][] INFO = {bytes("_info")};

    private byte[] body = {};
    private Escapes escapes = Escapes.NONE;
    private int nameFrom;
    private int nameTo;
    private int helpFrom;
    private int helpTo;
    private int unitFrom;
    private int unitTo;
    private MetricType type = MetricType.UNSPECIFIED;
    private boolean named;
    private byte[] key = new byte[256];
    private @Nullable MetricFamily made;

    /** What is escaped in a format: nothing, names and texts, or quotes in texts too. */
    enum Escapes {
        NONE,
        TEXT,
        OPEN_METRICS
    }

    void open(byte[] body, Escapes escapes) {
        this.body = body;
        this.escapes = escapes;
        named = false;
        clear(0, 0);
    }

    private void clear(int nameFrom, int nameTo) {
        this.nameFrom = nameFrom;
        this.nameTo = nameTo;
        helpFrom = 0;
        helpTo = 0;
        unitFrom = 0;
        unitTo = 0;
        type = MetricType.UNSPECIFIED;
        made = null;
    }

    boolean isCalled(int from, int to) {
        return named && Arrays.equals(body, nameFrom, nameTo, body, from, to);
    }

    void begin(int from, int to) {
        named = true;
        clear(from, to);
    }

    void help(int from, int to) {
        helpFrom = from;
        helpTo = to;
        made = null;
    }

    void unit(int from, int to) {
        unitFrom = from;
        unitTo = to;
        made = null;
    }

    void type(MetricType type) {
        this.type = type;
        made = null;
    }

    boolean endsWithUnit(int from, int to) {
        return endsWithUnit(body, nameFrom, nameTo, from, to);
    }

    /** Whether a name ends with an underscore and this unit. */
    static boolean endsWithUnit(byte[] body, int nameFrom, int nameTo, int from, int to) {
        int place = nameTo - (to - from);
        return place > nameFrom && body[place - 1] == '_' && Arrays.equals(body, place, nameTo, body, from, to);
    }

    @Nullable
    MetricFamily family() {
        if (!named) {
            return null;
        }
        MetricFamily family = made;
        if (family == null) {
            int size = writeKey();
            family = MetricFamilies.SHARED.find(key, size);
            if (family == null) {
                family = new MetricFamily(
                        text(nameFrom, nameTo, true),
                        type,
                        text(unitFrom, unitTo, false),
                        text(helpFrom, helpTo, escapes == Escapes.OPEN_METRICS));
                MetricFamilies.SHARED.remember(key, size, family);
            }
            made = family;
        }
        return family;
    }

    private String text(int from, int to, boolean quotes) {
        return escapes == Escapes.NONE
                ? new String(body, from, to - from, StandardCharsets.UTF_8)
                : Texts.unescaped(body, from, to, quotes);
    }

    private int writeKey() {
        int name = nameTo - nameFrom;
        int unit = unitTo - unitFrom;
        int help = helpTo - helpFrom;
        int size = 9 + name + unit + help;
        if (key.length < size) {
            key = new byte[size + size / 2];
        }
        key[0] = (byte) (type.ordinal() * 4 + escapes.ordinal());
        number(1, name);
        number(5, unit);
        System.arraycopy(body, nameFrom, key, 9, name);
        System.arraycopy(body, unitFrom, key, 9 + name, unit);
        System.arraycopy(body, helpFrom, key, 9 + name + unit, help);
        return size;
    }

    private void number(int at, int value) {
        for (int i = 0; i < 4; i++) {
            key[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Whether a series of this name is one of this family's, by the suffixes that its type allows. */
    boolean has(int from, int to) {
        if (!named) {
            return false;
        }
        int base = nameTo;
        int end = to;
        switch (type) {
            case COUNTER -> {
                base = without(nameFrom, nameTo, COUNTER);
                end = without(from, to, COUNTER);
            }
            case HISTOGRAM -> end = without(from, to, HISTOGRAM);
            case GAUGE_HISTOGRAM -> end = without(from, to, GAUGE_HISTOGRAM);
            case SUMMARY -> end = without(from, to, SUMMARY);
            case INFO -> end = without(from, to, INFO);
            case UNSPECIFIED, GAUGE, STATE_SET -> {}
        }
        return Arrays.equals(body, nameFrom, base, body, from, end);
    }

    private int without(int from, int to, byte[][] suffixes) {
        for (byte[] suffix : suffixes) {
            if (Texts.endsWith(body, from, to, suffix)) {
                return to - suffix.length;
            }
        }
        return to;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
