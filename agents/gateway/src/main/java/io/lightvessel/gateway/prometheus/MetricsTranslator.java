package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads OTLP metrics from their wire bytes into a table of series. Messages are looked through twice, once for what
 * comes after the points although it decides about them, once for the points; nothing is allocated per point.
 */
final class MetricsTranslator {
    private static final int RESOURCE_METRICS = 1 << 3 | LEN;
    private static final int RESOURCE = 1 << 3 | LEN;
    private static final int SCOPE_METRICS = 2 << 3 | LEN;
    private static final int SCOPE = 1 << 3 | LEN;
    private static final int METRIC = 2 << 3 | LEN;
    private static final int NAME = 1 << 3 | LEN;
    private static final int DESCRIPTION = 2 << 3 | LEN;
    private static final int UNIT = 3 << 3 | LEN;
    private static final int GAUGE = 5 << 3 | LEN;
    private static final int SUM = 7 << 3 | LEN;
    private static final int HISTOGRAM = 9 << 3 | LEN;
    private static final int EXPONENTIAL = 10 << 3 | LEN;
    private static final int SUMMARY = 11 << 3 | LEN;
    private static final int POINT = 1 << 3 | LEN;
    private static final int TEMPORALITY = 2 << 3 | VARINT;
    private static final int MONOTONIC = 3 << 3 | VARINT;
    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;

    private static final byte[] SCOPE_NAME = "otel_scope_name".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SCOPE_VERSION = "otel_scope_version".getBytes(StandardCharsets.UTF_8);

    private final PrwOptions options;
    private final SeriesTable table;
    private final MetricNames names;
    private final Symbols symbols;
    private final LabelSet labels;
    private final ResourceLabels resources;
    private final PointReader points;
    private final Map<Unconvertible, Long> dropped = new EnumMap<>(Unconvertible.class);

    MetricsTranslator(PrwOptions options, SeriesTable table) {
        this.options = options;
        this.table = table;
        this.symbols = table.symbols();
        boolean sanitizing = options.naming().escapes();
        this.labels = new LabelSet(symbols, sanitizing);
        this.names = new MetricNames(options.namespace(), options.naming());
        this.resources = new ResourceLabels(options, labels, symbols);
        this.points = new PointReader(labels, table, sanitizing);
    }

    /** Fills the table; returns what had to be left out, by reason. */
    Map<Unconvertible, Long> translate(ProtoReader reader) throws MalformedPayload {
        table.clear();
        dropped.clear();
        points.beginPayload();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == RESOURCE_METRICS) {
                int outer = reader.enter();
                resourceMetrics(reader);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        return dropped;
    }

    private void resourceMetrics(ProtoReader reader) throws MalformedPayload {
        int start = reader.position();
        labels.reset(0);
        resources.begin();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == RESOURCE) {
                int outer = reader.enter();
                resources.read(reader);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        int end = reader.position();
        resources.identify();
        int mark = labels.mark();
        points.beginResource();
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == SCOPE_METRICS) {
                int outer = reader.enter();
                scopeMetrics(reader);
                reader.leave(outer);
                labels.reset(mark);
            } else {
                reader.skipField(tag);
            }
        }
        if (options.targetInfo() && points.latestMillis() > 0) {
            resources.addTargetInfo(reader, start, end, names.own("target_info"), table, points.latestMillis());
        }
        reader.reset(end, end);
    }

    private void scopeMetrics(ProtoReader reader) throws MalformedPayload {
        int start = reader.position();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == SCOPE && options.scopeLabels()) {
                int outer = reader.enter();
                scope(reader);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        int end = reader.position();
        int mark = labels.mark();
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == METRIC) {
                int outer = reader.enter();
                metric(reader);
                reader.leave(outer);
                labels.reset(mark);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void scope(ProtoReader reader) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (1 << 3 | LEN)) {
                addScope(reader, SCOPE_NAME);
            } else if (tag == (2 << 3 | LEN)) {
                addScope(reader, SCOPE_VERSION);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void addScope(ProtoReader reader, byte[] name) throws MalformedPayload {
        labels.add(symbols.intern(name), text(reader), LabelSet.IDENTITY);
    }

    private int text(ProtoReader reader) throws MalformedPayload {
        int length = reader.length();
        ProtoWriter text = symbols.text();
        int from = text.size();
        text.raw(reader.bytes(), reader.position(), length);
        reader.skip(length);
        return symbols.intern(from);
    }

    private void metric(ProtoReader reader) throws MalformedPayload {
        String name = "";
        String unit = "";
        int help = 0;
        int kind = 0;
        int start = 0;
        int length = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case NAME -> name = reader.string();
                case DESCRIPTION -> help = text(reader);
                case UNIT -> unit = reader.string();
                case GAUGE, SUM, HISTOGRAM, EXPONENTIAL, SUMMARY -> {
                    kind = tag;
                    length = reader.length();
                    start = reader.position();
                    reader.skip(length);
                }
                default -> reader.skipField(tag);
            }
        }
        if (kind != 0) {
            int end = reader.position();
            reader.reset(start, start + length);
            data(reader, kind, name, unit, help);
            reader.reset(end, end);
        }
    }

    private void data(ProtoReader reader, int kind, String name, String unit, int help) throws MalformedPayload {
        int start = reader.position();
        long temporality = 0;
        boolean monotonic = false;
        int count = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TEMPORALITY -> temporality = reader.varint();
                case MONOTONIC -> monotonic = reader.varint() != 0;
                case POINT -> {
                    count++;
                    reader.skip(reader.length());
                }
                default -> reader.skipField(tag);
            }
        }
        int end = reader.position();
        MetricNames.Kind suffix = switch (kind) {
            case GAUGE -> MetricNames.Kind.GAUGE;
            case SUM -> monotonic ? MetricNames.Kind.COUNTER : MetricNames.Kind.OTHER;
            default -> MetricNames.Kind.OTHER;
        };
        byte[] series = names.name(name, unit, suffix);
        Unconvertible objection = objection(kind, temporality, series);
        if (objection != null) {
            dropped.merge(objection, (long) count, Long::sum);
            return;
        }
        int symbol = symbols.intern(series);
        int family = table.families().add(symbol, type(kind, monotonic), help, symbols.intern(names.unit(unit)));
        points.beginMetric(symbol, family, kind != GAUGE && (kind != SUM || monotonic));
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != POINT) {
                reader.skipField(tag);
                continue;
            }
            int outer = reader.enter();
            Unconvertible left = point(reader, kind);
            if (left != null) {
                dropped.merge(left, 1L, Long::sum);
            }
            reader.leave(outer);
        }
    }

    private @Nullable Unconvertible point(ProtoReader reader, int kind) throws MalformedPayload {
        return switch (kind) {
            case GAUGE, SUM -> points.number(reader);
            case HISTOGRAM -> points.histogram(reader);
            case EXPONENTIAL -> points.exponential(reader);
            default -> points.summary(reader);
        };
    }

    private static int type(int kind, boolean monotonic) {
        return switch (kind) {
            case GAUGE -> Families.GAUGE;
            case SUM -> monotonic ? Families.COUNTER : Families.GAUGE;
            case HISTOGRAM, EXPONENTIAL -> Families.HISTOGRAM;
            case SUMMARY -> Families.SUMMARY;
            default -> Families.UNKNOWN;
        };
    }

    private static @Nullable Unconvertible objection(int kind, long temporality, byte[] series) {
        if (series.length == 0) {
            return Unconvertible.NO_NAME;
        }
        if (kind == GAUGE || kind == SUMMARY || temporality == CUMULATIVE) {
            return null;
        }
        return temporality == DELTA ? Unconvertible.DELTA_TEMPORALITY : Unconvertible.UNKNOWN_TEMPORALITY;
    }
}
