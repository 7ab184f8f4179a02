package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SymbolIndex;
import java.nio.charset.StandardCharsets;

/** The metrics of one scope of one resource; the last one is open for more points of the same metric. */
final class MetricGroup {

    /** What a metric's points are, by the number its data has in OTLP's Metric. */
    enum Kind {
        GAUGE(5),
        COUNTER(7),
        COUNT(7),
        HISTOGRAM(9),
        CUSTOM(9),
        EXPONENTIAL(10),
        SUMMARY(11);

        private final int field;

        Kind(int field) {
            this.field = field;
        }

        static Kind of(int type) {
            return switch (type) {
                case SeriesReader.COUNTER -> COUNTER;
                case SeriesReader.INFO, SeriesReader.STATE_SET -> COUNT;
                default -> GAUGE;
            };
        }

        static Kind ofRun(int type) {
            return type == SeriesReader.SUMMARY ? SUMMARY : HISTOGRAM;
        }
    }

    private static final int METRIC = 2;
    private static final int CUMULATIVE = 2;
    private static final byte[] TYPE_KEY = bytes("prometheus.type");
    private static final byte[][] TYPES = {
        bytes("unknown"),
        bytes("counter"),
        bytes("gauge"),
        bytes("histogram"),
        bytes("gaugehistogram"),
        bytes("summary"),
        bytes("info"),
        bytes("stateset")
    };

    private final ProtoWriter out = new ProtoWriter(4096);
    private boolean isOpen;
    private int metricMark;
    private int dataMark;
    private int name;
    private int nameLength;
    private int type;
    private int help;
    private int unit;
    private Kind kind = Kind.GAUGE;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where points are written, and in the end all metrics. */
    ProtoWriter out() {
        return out;
    }

    /** Opens the metric of the reader's series for points of a kind, unless it is the one that is open. */
    void metric(SeriesReader reader, int metricName, int length, Kind wanted) {
        SymbolIndex symbols = reader.symbols();
        if (isOpen
                && kind == wanted
                && type == reader.type()
                && help == reader.help()
                && unit == reader.unit()
                && nameLength == length
                && symbols.sharePrefix(name, metricName, length)) {
            return;
        }
        closeMetric();
        isOpen = true;
        kind = wanted;
        name = metricName;
        nameLength = length;
        type = reader.type();
        help = reader.help();
        unit = reader.unit();
        metricMark = out.begin(METRIC);
        text(1, reader, name, length);
        if (help != 0) {
            text(2, reader, help, symbols.length(help));
        }
        if (unit != 0) {
            out.string(3, OtlpUnits.of(symbols.text(unit)));
        }
        int metadata = out.begin(12);
        out.bytes(1, TYPE_KEY, 0, TYPE_KEY.length);
        int value = out.begin(2);
        byte[] word = TYPES[type >= 0 && type < TYPES.length ? type : 0];
        out.bytes(1, word, 0, word.length);
        out.end(value);
        out.end(metadata);
        dataMark = out.begin(kind.field);
    }

    private void text(int field, SeriesReader reader, int symbol, int length) {
        out.tag(field, ProtoWriter.LEN);
        out.varint(length);
        out.raw(reader.bytes(), reader.symbols().start(symbol), length);
    }

    void closeMetric() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        switch (kind) {
            case COUNTER -> {
                out.varint(2, CUMULATIVE);
                out.varint(3, 1);
            }
            case COUNT, HISTOGRAM, CUSTOM, EXPONENTIAL -> out.varint(2, CUMULATIVE);
            case GAUGE, SUMMARY -> {
                // Neither has a temporality.
            }
        }
        out.end(dataMark);
        out.end(metricMark);
    }
}
