package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CustomBucketsParserTest {
    private static final ParserOptions CONVERT = new ParserOptions(true, false, true);
    private static final ParserOptions BOTH = new ParserOptions(true, true, true);

    private static List<String> text(ParserOptions options, String body) throws MalformedExposition {
        return Read.all(ExpositionParsers.of(ExpositionFormat.TEXT_0_0_4, options), body);
    }

    private static final String HISTOGRAMS = """
            # HELP h Some
            # TYPE h histogram
            h_bucket{a="1",le="0.1"} 1
            h_bucket{a="1",le="0.5"} 1
            h_bucket{a="1",le="1"} 4
            h_bucket{a="1",le="+Inf"} 5
            h_sum{a="1"} 3.5
            h_count{a="1"} 5
            h_bucket{a="2",le="1"} 0.5 7
            h_count{a="2"} 2 7
            # TYPE g gauge
            g_bucket{le="1"} 1
            """;

    @Test
    void makesNativeHistogramsOfClassicOnes() throws Exception {
        assertThat(text(CONVERT, HISTOGRAMS))
                .containsExactly(
                        "# MetricFamily[name=h, type=HISTOGRAM, unit=, help=Some]",
                        "h{a=1} {count=5 sum=3.5 schema=-53 span=[0, 4] pos=[1, -1, 3, -2] bounds=[0.1, 0.5, 1.0]}",
                        "h{a=2} {countFloat=2.0 sum=0.0 schema=-53 span=[0, 2] posFloat=[0.5, 1.5] bounds=[1.0]} @7",
                        "# MetricFamily[name=g, type=GAUGE, unit=, help=]",
                        "g_bucket{le=1} 1.0");
    }

    @Test
    void classicSeriesStayWhenAskedFor() throws Exception {
        assertThat(text(BOTH, HISTOGRAMS)).hasSize(13).contains("h_bucket{a=1, le=0.1} 1.0", "h_count{a=2} 2.0 @7");
        assertThat(text(BOTH, HISTOGRAMS).get(7)).startsWith("h{a=1} {count=5");
    }

    @Test
    void partsThatDoNotFitTogetherMakeNothing() throws Exception {
        assertThat(text(CONVERT, """
                # TYPE h histogram
                h_bucket{le="1"} 3
                h_bucket{le="2"} 2
                h_count 3
                # TYPE i histogram
                i_bucket{le="+Inf"} 3
                i_count 4
                # TYPE j histogram
                j_sum 4
                # TYPE k histogram
                k_bucket{le="x"} 1
                k_bucket 1
                k 1
                k_count 1
                """))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly(
                        "k_bucket{le=x} 1.0",
                        "k_bucket{} 1.0",
                        "k{} 1.0",
                        "k{} {count=1 sum=0.0 schema=-53 span=[0, 1] pos=[1]}");
    }

    @Test
    void bucketsMayComeInAnyOrderAndTwice() throws Exception {
        assertThat(text(CONVERT, """
                # TYPE h histogram
                h_count 9
                h_bucket{le="4"} 9
                h_bucket{le="1"} 3
                h_bucket{le="2"} 3
                h_bucket{le="1"} 5
                """))
                .contains("h{} {count=9 sum=0.0 schema=-53 span=[0, 3] pos=[3, -3, 6] bounds=[1.0, 2.0, 4.0]}");
    }

    @Test
    void exemplarsAndStartTimesGoAlong() throws Exception {
        assertThat(Read.samples(ExpositionParsers.of(ExpositionFormat.OPEN_METRICS_1_0_0, CONVERT), """
                # TYPE h histogram
                h_bucket{le="1.0"} 3 # {trace_id="a"} 0.5 1
                h_bucket{le="+Inf"} 3 # {trace_id="b"} 0.6
                h_count 3
                h_created 2
                # EOF
                """))
                .containsExactly("h{} {count=3 sum=0.0 schema=-53 span=[0, 1] pos=[3] bounds=[1.0]} since 2000"
                        + " # {trace_id=a } 0.5 @1000 # {trace_id=b } 0.6");
    }

    @Test
    void histogramsThatAreNativeAlreadyStayAsTheyAre() throws Exception {
        byte[] body = Families.delimited(
                Families.histogram("h", Families.both()),
                Families.histogram(
                        "i",
                        Families.both()
                                .clearPositiveSpan()
                                .clearPositiveDelta()
                                .clearNegativeSpan()
                                .clearNegativeDelta()
                                .clearZeroCount()
                                .clearZeroThreshold()));
        String converted = "i{a=b} {count=12 sum=10.5 schema=-53 span=[0, 3] pos=[4, 2, -4] bounds=[0.5, 2.0]}"
                + " # {trace_id=1 } 0.3 @1700005 # {trace_id=2 } 1.5";
        assertThat(Read.all(ExpositionParsers.of(ExpositionFormat.PROTOBUF, CONVERT), body))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("h{a=b} {count=12 sum=10.5 schema=0"))
                .contains(converted);
        assertThat(Read.all(ExpositionParsers.of(ExpositionFormat.PROTOBUF, BOTH), body))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(12)
                .contains("h_bucket{a=b, le=+Inf} 12.0", "i_bucket{a=b, le=+Inf} 12.0", converted);
        assertThat(Read.all(
                        ExpositionParsers.of(ExpositionFormat.PROTOBUF, new ParserOptions(false, false, true)), body))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(2)
                .allMatch(line -> line.contains("schema=-53"));
    }

    @Test
    void theKeyOfAHistogramIsTheSameInEveryAnswer() throws Exception {
        ExpositionParser parser = ExpositionParsers.of(ExpositionFormat.TEXT_0_0_4, CONVERT);
        assertThat(keys(parser)).hasSize(2).doesNotHaveDuplicates().isEqualTo(keys(parser));
    }

    private static List<String> keys(ExpositionParser parser) throws MalformedExposition {
        byte[] body = HISTOGRAMS.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        parser.open(body, 0, body.length);
        List<String> keys = new java.util.ArrayList<>();
        for (ExpositionParser.Entry entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
            if (entry == ExpositionParser.Entry.HISTOGRAM) {
                keys.add(java.util.Arrays.toString(
                        java.util.Arrays.copyOfRange(parser.seriesArray(), parser.seriesStart(), parser.seriesEnd())));
            }
        }
        return keys;
    }
}
