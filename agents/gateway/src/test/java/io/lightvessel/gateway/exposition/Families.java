package io.lightvessel.gateway.exposition;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Exemplar;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.LabelPair;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers in protobuf, made with the classes of Prometheus' client library. */
public final class Families {
    private Families() {}

    public static byte[] delimited(MetricFamily.Builder... families) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (MetricFamily.Builder family : families) {
                family.build().writeDelimitedTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.newBuilder().setName(name).setType(type).setHelp("Help \\ of " + name);
    }

    public static Metric.Builder metric(String... labels) {
        Metric.Builder metric = Metric.newBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            metric.addLabel(LabelPair.newBuilder().setName(labels[i]).setValue(labels[i + 1]));
        }
        return metric;
    }

    public static MetricFamily.Builder counter(String name, double value) {
        return family(name, MetricType.COUNTER)
                .addMetric(
                        metric("a", "b").setCounter(Metrics.Counter.newBuilder().setValue(value)));
    }

    public static MetricFamily.Builder histogram(String name, Histogram.Builder histogram) {
        return family(name, MetricType.HISTOGRAM).addMetric(metric("a", "b").setHistogram(histogram));
    }

    /** Buckets from -2 to 2 of schema 0, and classic ones. */
    public static Histogram.Builder both() {
        return integers()
                .addBucket(Metrics.Bucket.newBuilder()
                        .setCumulativeCount(4)
                        .setUpperBound(0.5)
                        .setExemplar(exemplar("1", 0.3, 1700)))
                .addBucket(Metrics.Bucket.newBuilder()
                        .setCumulativeCount(10)
                        .setUpperBound(2)
                        .setExemplar(exemplar("2", 1.5, 0)));
    }

    public static Histogram.Builder integers() {
        return Histogram.newBuilder()
                .setSampleCount(12)
                .setSampleSum(10.5)
                .setSchema(0)
                .setZeroThreshold(0.001)
                .setZeroCount(2)
                .addPositiveSpan(span(-1, 2))
                .addPositiveSpan(span(2, 3))
                .addPositiveDelta(2)
                .addPositiveDelta(1)
                .addPositiveDelta(-2)
                .addPositiveDelta(-1)
                .addPositiveDelta(3)
                .addNegativeSpan(span(0, 1))
                .addNegativeDelta(1);
    }

    public static Histogram.Builder floats() {
        return Histogram.newBuilder()
                .setSampleCountFloat(4.5)
                .setSampleSum(3)
                .setSchema(3)
                .setZeroThreshold(0.5)
                .setZeroCountFloat(1.5)
                .addPositiveSpan(span(4, 2))
                .addPositiveCount(1)
                .addPositiveCount(2);
    }

    public static Metrics.BucketSpan.Builder span(int offset, int length) {
        return Metrics.BucketSpan.newBuilder().setOffset(offset).setLength(length);
    }

    public static Exemplar.Builder exemplar(String trace, double value, long seconds) {
        Exemplar.Builder exemplar = Exemplar.newBuilder()
                .addLabel(LabelPair.newBuilder().setName("trace_id").setValue(trace))
                .setValue(value);
        return seconds == 0 ? exemplar : exemplar.setTimestamp(time(seconds));
    }

    public static io.prometheus.metrics.shaded.com_google_protobuf_4_36_2.Timestamp.Builder time(long seconds) {
        return io.prometheus.metrics.shaded.com_google_protobuf_4_36_2.Timestamp.newBuilder()
                .setSeconds(seconds)
                .setNanos(5_999_999);
    }
}
