package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series that are known are read without an object for each, whatever the format. */
class AllocationTest {
    private static final int SERIES = 3000;
    /** For an answer as a whole. */
    private static final long ALLOWED = 8 * 1024;

    @ParameterizedTest
    @CsvSource({
        "TEXT_0_0_4, false",
        "TEXT_0_0_4, true",
        "OPEN_METRICS_1_0_0, false",
        "OPEN_METRICS_1_0_0, true",
        "PROTOBUF, false",
        "PROTOBUF, true"
    })
    void knownSeriesCostNoObjects(ExpositionFormat format, boolean classicToNative) throws Exception {
        byte[] body = body(format);
        ExpositionParser parser = ExpositionParsers.of(format, new ParserOptions(true, false, classicToNative));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read(parser, body);
        read(parser, body);
        long before = threads.getCurrentThreadAllocatedBytes();
        int entries = read(parser, body);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(entries).isGreaterThan(SERIES);
        assertThat(allocated).isLessThan(ALLOWED);
    }

    private static int read(ExpositionParser parser, byte[] body) throws MalformedExposition {
        parser.open(body, 0, body.length);
        int entries = 0;
        long sum = 0;
        for (ExpositionParser.Entry entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
            entries++;
            sum += (long) parser.value() + parser.seriesEnd() + parser.timestamp() + parser.startTimestamp();
            sum += parser.family() == null ? 0 : 1;
            sum += parser.histogramEnd() + parser.exemplars();
        }
        assertThat(sum).isNotZero();
        return entries;
    }

    private static byte[] body(ExpositionFormat format) {
        if (format == ExpositionFormat.PROTOBUF) {
            Metrics.MetricFamily.Builder counters = Families.family("c", MetricType.COUNTER);
            Metrics.MetricFamily.Builder classic = Families.family("h", MetricType.HISTOGRAM);
            for (int i = 0; i < SERIES; i++) {
                counters.addMetric(Families.metric("a", "" + i)
                        .setCounter(Metrics.Counter.newBuilder().setValue(i * 1e9 + 0.123)));
                classic.addMetric(Families.metric("a", "" + i).setHistogram(Families.integers()));
            }
            return Families.delimited(counters, classic, Families.histogram("b", Families.both()));
        }
        StringBuilder out = new StringBuilder("# TYPE c counter\n");
        for (int i = 0; i < SERIES; i++) {
            out.append("c_total{a=\"é")
                    .append(i)
                    .append("\"} 0.1")
                    .append(i * 3137L)
                    .append("123456789 ")
                    .append(i)
                    .append('\n');
            out.append("c_created{a=\"é").append(i).append("\"} 12.5\n");
        }
        out.append("# TYPE h histogram\n");
        for (int i = 0; i < SERIES; i++) {
            out.append("h_bucket{a=\"").append(i).append("\",le=\"0.5\"} 1\n");
            out.append("h_count{a=\"").append(i).append("\"} 2\n");
        }
        return out.append("# EOF\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
