package io.lightvessel.gateway.exposition;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers of targets, good and bad, to be read by us and by Prometheus. */
final class Answers {
    record Answer(ExpositionFormat format, byte[] body) {}

    /** Valid in both text formats; the blanks are where tokens meet. */
    private static final String[] LINES = {
        "a 1",
        "a{} 1",
        "a:b_c{d=\"e\"} -1.5e3",
        "a{b=\"c\",d=\"e\",} 1",
        "a{b=\"\\\\\\n\\\"\\x\"} NaN",
        "a{b=\"ü\"} +Inf",
        "a_bucket{le=\"1\"} 2",
        "a 0.1 ",
        "a 1e-400",
        "a .5",
        "a 5.",
        "a -0",
        "a{b=\"\"} 1",
        "# TYPE a counter",
        "# HELP a b c",
        "# HELP a ",
        "# TYPE a histogram",
        "# HELP a \\\\ \\n \\q"
    };

    private static final String[] TOKENS = {
        " ",
        " ",
        "\t",
        "{",
        "}",
        ",",
        "=",
        "\"",
        "\\",
        "#",
        "# ",
        "1",
        "-",
        "+",
        ".",
        "e",
        "_",
        ":",
        "a",
        "b=\"c\"",
        "NaN",
        "Inf",
        "0x1p2",
        "1_0",
        "1e309",
        "\n",
        "\r",
        "é",
        "\u0000",
        "HELP",
        "TYPE",
        "# TYPE a gauge\n",
        "# EOF",
        "# EOF\n",
        "unknown",
        "untyped",
        " # {x=\"y\"} 1",
        "infinity",
        "nan",
        "1 ",
        "\n\n",
        "{b=\"c\"}",
        "a 2\n",
        "a_sum"
    };
    private static final String[] TEXT_LINES = {
        "a{b=\"c\"}1",
        "  a 1",
        "\ta\t1\t5",
        "a { b = \"c\" , d = \"e\" } 1",
        "a{b=\"c\" d=\"e\"} 1",
        "a+1",
        "a 1 12345",
        "a 1 99999999999999999999",
        "a 1 -1",
        "a 1 1.5",
        "#a",
        "#",
        "# ",
        "# HELP",
        "# HELP a",
        "#HELP a b",
        "# TYPE a untyped",
        "#\tTYPE\ta\tgauge",
        "# TYPE  a gauge",
        "# TYPE a  gauge",
        "# TYPE a gauge ",
        "# TYPE a summary\nx{quantile=\"0.50\"} 1",
        "# HELP 1 b",
        "# HELP a\tb",
        "# HELP a-b c",
        "",
        "\n",
        " ",
        "a{b=\"c\nd\"} 1",
        "a{b=\"c\\\nd\"} 1",
        "a 1\u0000",
        "\u0000",
        "a 1\n\u0000\nb 1 x",
        "# x\u0000\nb x",
        "#x\u0000\nb x",
        "a{b=\"\u0000c\"} 1",
        "a 1\r",
        "a 1\r\nb 1\r\n",
        "A 1",
        "_ 1",
        ": 1",
        "a 0x10",
        "a 1d",
        "a infinity",
        "a -nan",
        "a{a:b=\"c\"} 1",
        "a{__name__=\"b\"} 1",
        "a{b=\"1\",b=\"2\"} 1",
        "{a=\"b\"} 1",
        "a{,} 1",
        "a 1\na 2",
        "a 1 \n a 2",
        "# TYPE a counter\n# TYPE a gauge\na 1",
        "a{b='c'} 1",
        "a1b 1",
        "1a 1",
        "a{1b=\"c\"} 1",
        "# TYPE a gaugehistogram",
        "# UNIT a b",
        "a_total 1 # {b=\"c\"} 1",
        "a 9007199254740993",
        "a 1e23",
        "a 0.1e1e1",
        "a 1.7976931348623159e308",
        "a 4.9e-324",
        "a 2.2250738585072011e-308",
        "a 123456789012345678901234567890"
    };
    private static final String[] OPEN_METRICS_LINES = {
        "a 1 1.5",
        "a 1 -1",
        "a 1 1e3",
        "a 1 NaN",
        "a 1  1",
        "a  1",
        "a 1 ",
        " a 1",
        "",
        "# a",
        "#",
        "# HELP a",
        "# HELP a ",
        "# HELP  a b",
        "# TYPE a unknown",
        "# TYPE a untyped",
        "# TYPE a stateset",
        "# TYPE a gaugehistogram",
        "# UNIT a_b b",
        "# UNIT a b",
        "# UNIT a_b ",
        "# UNIT b b",
        "a_total 1 # {} 1",
        "a_total 1 # {b=\"c\"} 1 2",
        "a_total 1 # {b=\"c\"} 1 2 3",
        "a_total 1 # {b=\"c\"}",
        "a_total 1 #  {b=\"c\"} 1",
        "a_total 1 # {b=\"c\",} 1",
        "a_total 1 1 # {b=\"c\"} 1",
        "a_total 1 # {b=\"c\"} NaN",
        "a_total 1 # {b=\"c\"} 1 NaN",
        "a{b=\"c\", d=\"e\"} 1",
        "a {b=\"c\"} 1",
        "a{b=\"c\nd\"} 1",
        "# EOF",
        "# EOF\n",
        "# EOFa",
        "a 1\r",
        "\ta 1",
        "a\t1",
        "#\tHELP a b",
        "# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds x\na_seconds_total 1 # {t=\"u\"} 1 1",
        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\nh_sum 1",
        "a{b=\"\\\"\"} 1",
        "a{b=\"c\\\\\"} 1",
        "a 1{",
        "a 1 2{",
        "{a=\"b\"} 1",
        "a{b=\"1\",b=\"2\"} 1",
        "a 1\na 2"
    };

    private Answers() {}

    static List<Answer> all(int mutations) {
        List<Answer> answers = new ArrayList<>();
        Random random = new Random(Long.getLong("lightvessel.expositions.seed", 5));
        for (ExpositionFormat format : List.of(ExpositionFormat.TEXT_0_0_4, ExpositionFormat.OPEN_METRICS_0_0_1)) {
            boolean text = format == ExpositionFormat.TEXT_0_0_4;
            for (String[] lines : List.of(LINES, text ? TEXT_LINES : OPEN_METRICS_LINES)) {
                for (String line : lines) {
                    answers.add(answer(format, line));
                    answers.add(answer(format, line + "\nz 1"));
                }
            }
            for (int i = 0; i < mutations; i++) {
                String[] lines = random.nextInt(3) > 0 ? LINES : text ? TEXT_LINES : OPEN_METRICS_LINES;
                answers.add(answer(format, mutated(lines[random.nextInt(lines.length)], random)));
            }
        }
        families().forEach(body -> answers.add(new Answer(ExpositionFormat.PROTOBUF, body)));
        return answers;
    }

    private static Answer answer(ExpositionFormat format, String lines) {
        String whole = format == ExpositionFormat.TEXT_0_0_4 ? lines : lines + "\n# EOF\n";
        return new Answer(format, whole.getBytes(StandardCharsets.UTF_8));
    }

    private static String mutated(String line, Random random) {
        StringBuilder out = new StringBuilder(line);
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            int at = random.nextInt(out.length() + 1);
            if (random.nextInt(3) == 0 && at < out.length()) {
                out.deleteCharAt(at);
            } else {
                out.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
            }
        }
        return out.toString();
    }

    private static List<byte[]> families() {
        Metrics.Summary.Builder summary =
                Metrics.Summary.newBuilder().setSampleCount(3).setSampleSum(1.5);
        return List.of(
                new byte[0],
                Families.delimited(Families.counter("a_total", 2.5), Families.counter("b", -1)),
                Families.delimited(Families.family("g", MetricType.GAUGE)
                        .addMetric(Families.metric("x", "y\"\\")
                                .setGauge(Metrics.Gauge.newBuilder().setValue(7)))),
                Families.delimited(Families.family("u", MetricType.UNTYPED)
                        .addMetric(Families.metric()
                                .setUntyped(Metrics.Untyped.newBuilder().setValue(7)))),
                Families.delimited(Families.family("s", MetricType.SUMMARY)
                        .addMetric(Families.metric("x", "1").setSummary(summary))
                        .addMetric(Families.metric("x", "2")
                                .setSummary(summary.clone()
                                        .addQuantile(Metrics.Quantile.newBuilder()
                                                .setQuantile(0.99)
                                                .setValue(3))))),
                Families.delimited(Families.histogram("h", Families.both())),
                Families.delimited(Families.histogram("h", Families.integers())),
                Families.delimited(Families.histogram("h", Families.floats())),
                Families.delimited(Families.family("h", MetricType.GAUGE_HISTOGRAM)
                        .addMetric(Families.metric().setHistogram(Families.integers()))),
                Families.delimited(Families.histogram(
                        "h",
                        Families.both()
                                .clearPositiveSpan()
                                .clearPositiveDelta()
                                .clearNegativeSpan()
                                .clearNegativeDelta()
                                .clearZeroCount()
                                .clearZeroThreshold())),
                Families.delimited(Families.histogram("h", Families.integers().setSchema(-1))),
                Families.delimited(Families.histogram("h", Families.integers().setSampleCount(1))),
                Families.delimited(
                        Families.family("a", MetricType.GAUGE).addMetric(Families.metric("x", "1", "x", "2"))),
                Families.delimited(Families.family("1a", MetricType.GAUGE)),
                java.util.Arrays.copyOf(Families.delimited(Families.counter("a", 1)), 12));
    }
}
