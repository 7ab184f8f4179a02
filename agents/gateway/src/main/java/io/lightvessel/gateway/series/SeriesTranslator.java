package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Goes through a request of series once and writes each record as a data point where it belongs: below the resource of
 * its job and instance, the scope its labels name, and a metric that it shares with the points before it if it can.
 */
final class SeriesTranslator {

    private final SeriesReader reader;
    private final SeriesRuns runs;
    private final Targets targets;
    private final PointWriter points;
    private final ClassicPoint classic;
    private final NativePoint natives;

    SeriesTranslator(ByteBuf request) throws MalformedPayload {
        this.reader = new SeriesReader(request);
        this.runs = new SeriesRuns(reader);
        this.targets = new Targets(reader);
        this.points = new PointWriter(reader, runs, targets);
        this.classic = new ClassicPoint(points);
        this.natives = new NativePoint(points);
    }

    ByteBuf translate() throws MalformedPayload {
        MetricGroup open = null;
        while (reader.next()) {
            int records = runs.look();
            if (classic.isOpen() && !runs.continues()) {
                classic.finish();
            }
            if (runs.isTargetInfo()) {
                targets.describe(runs);
                continue;
            }
            if (runs.part() != SeriesRuns.Part.NONE) {
                if (!runs.continues()) {
                    MetricGroup group = targets.group(runs);
                    open = switchTo(open, group);
                    group.metric(reader, runs.name(), runs.baseLength(), MetricGroup.Kind.ofRun(reader.type()));
                    classic.begin(reader, group.out(), reader.type() == SeriesReader.SUMMARY);
                }
                classic.add(reader, runs);
            } else if (records > 0) {
                MetricGroup group = targets.group(runs);
                open = switchTo(open, group);
                standAlone(group);
            }
        }
        if (classic.isOpen()) {
            classic.finish();
        }
        if (open != null) {
            open.closeMetric();
        }
        ProtoWriter out = new ProtoWriter(reader.bytes().readableBytes() * 2 + 256);
        targets.write(out);
        return Unpooled.wrappedBuffer(out.array(), 0, out.size());
    }

    private static MetricGroup switchTo(@org.jspecify.annotations.Nullable MetricGroup open, MetricGroup group) {
        if (open != null && !open.equals(group)) {
            open.closeMetric();
        }
        return group;
    }

    private void standAlone(MetricGroup group) throws MalformedPayload {
        int name = runs.name();
        int length = runs.baseLength();
        for (int i = 0; i < reader.samples(); i++) {
            boolean last = i == reader.samples() - 1;
            boolean stale = reader.value(i) == PointWriter.STALE;
            if (stale && reader.type() == SeriesReader.HISTOGRAM) {
                // What else could end here: the parts of classic ones have suffixes.
                group.metric(reader, name, length, MetricGroup.Kind.EXPONENTIAL);
                natives.stale(group.out(), reader.time(i));
            } else {
                group.metric(reader, name, length, MetricGroup.Kind.of(reader.type()));
                points.number(group.out(), i, last);
            }
        }
        for (int i = 0; i < reader.histograms().count(); i++) {
            natives.read(reader, i);
            group.metric(
                    reader, name, length, natives.isCustom() ? MetricGroup.Kind.CUSTOM : MetricGroup.Kind.EXPONENTIAL);
            natives.write(group.out(), i == reader.histograms().count() - 1);
        }
    }
}
