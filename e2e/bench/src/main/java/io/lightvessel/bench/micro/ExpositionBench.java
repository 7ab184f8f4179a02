package io.lightvessel.bench.micro;

import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.ExpositionParsers;
import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.gateway.exposition.ParserOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read an answer whose series are all known: 5 612 samples of a node and its pods. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpositionBench {
    @Param({"TEXT_0_0_4", "OPEN_METRICS_1_0_0", "PROTOBUF"})
    private ExpositionFormat format = ExpositionFormat.TEXT_0_0_4;

    private byte[] body = {};
    private byte[] copy = {};
    private ExpositionParser parser = ExpositionParsers.of(format, ParserOptions.DEFAULT);

    @Setup(Level.Trial)
    public void prepare() throws MalformedExposition {
        parser = ExpositionParsers.of(format, ParserOptions.DEFAULT);
        body = switch (format) {
            case TEXT_0_0_4, TEXT_1_0_0 -> Expositions.text();
            case OPEN_METRICS_0_0_1, OPEN_METRICS_1_0_0 -> Expositions.openMetrics();
            case PROTOBUF -> Expositions.protobuf();
        };
        copy = new byte[body.length];
        int samples = 0;
        parser.open(body, 0, body.length);
        for (ExpositionParser.Entry entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
            samples += entry == ExpositionParser.Entry.SAMPLE ? 1 : 0;
        }
        System.out.println(body.length + " bytes, " + samples + " samples");
    }

    /** Series, values, times and families, nothing decoded. */
    @Benchmark
    public double parse() throws MalformedExposition {
        parser.open(body, 0, body.length);
        double sum = 0;
        while (true) {
            switch (parser.next()) {
                case SAMPLE -> sum += parser.value() + parser.seriesEnd() - parser.seriesStart() + parser.timestamp();
                case METADATA -> sum += parser.family() == null ? 0 : 1;
                case HISTOGRAM -> sum += parser.histogramEnd();
                case END -> {
                    return sum;
                }
            }
        }
    }

    /** The same and start times, as a scrape asks for them. */
    @Benchmark
    public double parseWithStartTimes() throws MalformedExposition {
        parser.open(body, 0, body.length);
        double sum = 0;
        while (true) {
            switch (parser.next()) {
                case SAMPLE -> sum += parser.value() + parser.seriesEnd() + parser.startTimestamp();
                case METADATA, HISTOGRAM -> sum++;
                case END -> {
                    return sum;
                }
            }
        }
    }

    /** What any of it is held against. */
    @Benchmark
    public byte[] copy() {
        System.arraycopy(body, 0, copy, 0, body.length);
        return copy;
    }
}
