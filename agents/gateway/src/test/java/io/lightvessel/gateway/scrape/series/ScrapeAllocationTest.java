package io.lightvessel.gateway.scrape.series;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.ExpositionParsers;
import io.lightvessel.gateway.exposition.ParserOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scrape of series that are known makes no object for each: whatever their number, what is allocated is the same. */
class ScrapeAllocationTest {
    private static final int SERIES = 5000;
    /** A fraction of a byte for each sample. */
    private static final long ALLOWED = 4 * 1024;

    private final ExpositionParser parser =
            ExpositionParsers.of(ExpositionFormat.OPEN_METRICS_1_0_0, ParserOptions.DEFAULT);
    private final ScrapeRequest request = new ScrapeRequest();
    private final TargetSeries target = new TargetSeries(
            Map.of("job", "j", "instance", "i"),
            labels -> {
                labels.set("job", "j");
                labels.set("instance", "i");
                return true;
            },
            SeriesOptions.DEFAULT);

    @Test
    void knownSeriesCostNoObjects() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[][] bodies = new byte[6][];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = body(i);
        }
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < bodies.length; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            scrape(1000L * i, bodies[i]);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(request.counts().scraped()).isEqualTo(2 * SERIES);
            ByteBuf bytes = request.bytes(UnpooledByteBufAllocator.DEFAULT);
            assertThat(bytes.readableBytes()).isGreaterThan(SERIES);
            bytes.release();
        }
        assertThat(request.counts().added()).isZero();
        assertThat(allocated).as("bytes of objects for %s samples", 2 * SERIES).isLessThan(ALLOWED);
    }

    private void scrape(long time, byte[] body) throws Exception {
        request.begin(target, time);
        parser.open(body, 0, body.length);
        request.samples(parser);
        request.report(true, 0.25, body.length, 0);
    }

    /** The same series with other values. */
    private static byte[] body(int scrape) {
        StringBuilder text = new StringBuilder("# HELP c What is counted.\n# TYPE c counter\n");
        for (int i = 0; i < SERIES; i++) {
            text.append("c_total{path=\"/a/")
                    .append(i)
                    .append("\",code=\"200\"} ")
                    .append(i + scrape)
                    .append(".5\n");
        }
        text.append("# HELP g What is measured.\n# TYPE g gauge\n");
        for (int i = 0; i < SERIES; i++) {
            text.append("g{id=\"")
                    .append(i)
                    .append("\"} ")
                    .append(scrape * 7L + i)
                    .append('\n');
        }
        return text.append("# EOF\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
