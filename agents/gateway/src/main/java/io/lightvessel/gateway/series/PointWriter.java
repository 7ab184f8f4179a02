package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;

/** Writes what data points of all kinds have in common, and numbers. */
final class PointWriter {

    /** The NaN by which Prometheus says that a series has ended. */
    static final long STALE = 0x7FF0_0000_0000_0002L;

    static final int NO_RECORDED_VALUE = 1;
    private static final int POINT = 1;
    private static final long NANOS = 1_000_000L;

    private final SeriesReader reader;
    private final SeriesRuns runs;
    private final Targets targets;
    private final ExemplarWriter exemplars;

    PointWriter(SeriesReader reader, SeriesRuns runs, Targets targets) {
        this.reader = reader;
        this.runs = runs;
        this.targets = targets;
        this.exemplars = new ExemplarWriter(reader);
    }

    SeriesReader reader() {
        return reader;
    }

    /** Begins a point with the attributes of the series that was just looked at; returns its mark. */
    int begin(ProtoWriter out, int attributeField) {
        int point = out.begin(POINT);
        for (int i = 0; i < runs.others(); i += 2) {
            int name = runs.other(i);
            int value = runs.other(i + 1);
            // A label without a value is the same as none.
            if (!targets.isIdentity(name) && reader.symbols().length(value) > 0) {
                Attributes.write(out, attributeField, reader, name, value);
            }
        }
        return point;
    }

    static void times(ProtoWriter out, long startMillis, long millis) {
        if (startMillis != 0) {
            out.fixed64(2, startMillis * NANOS);
        }
        out.fixed64(3, millis * NANOS);
    }

    /** One sample of the reader's series as a NumberDataPoint. */
    void number(ProtoWriter out, int sample, boolean withExemplars) throws MalformedPayload {
        int point = begin(out, 7);
        times(out, reader.startTime(sample), reader.time(sample));
        if (reader.value(sample) == STALE) {
            out.varint(8, NO_RECORDED_VALUE);
        } else {
            out.fixed64(4, reader.value(sample));
        }
        if (withExemplars) {
            exemplars.write(out, 5);
        }
        out.end(point);
    }

    /** The exemplars of the reader's series. */
    void exemplars(ProtoWriter out, int field) throws MalformedPayload {
        exemplars.write(out, field);
    }
}
