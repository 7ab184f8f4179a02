package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
    private final ExpositionParser parser = ExpositionParsers.of(ExpositionFormat.TEXT_0_0_4, ParserOptions.DEFAULT);

    private String only(String body) throws MalformedExposition {
        List<String> samples = Read.samples(parser, body);
        assertThat(samples).hasSize(1);
        return samples.getFirst();
    }

    @Test
    void readsSamplesWithTheirFamily() throws Exception {
        assertThat(Read.all(parser, """
                # HELP requests_total Requests \\"taken\\" so far.\\nAll \\\\ of them.
                # TYPE requests_total counter
                requests_total{method="GET",path="/a\\"b\\\\c\\nd"} 12 1700000000000
                requests_total{method="POST"} 3.5e2

                # a comment
                load 0.25
                # TYPE load gauge
                # HELP load1
                """))
                .containsExactly(
                        "# MetricFamily[name=requests_total, type=COUNTER, unit=, help=Requests \\\"taken\\\" so far.\nAll \\ of"
                                + " them.]",
                        "requests_total{method=GET, path=/a\"b\\c\nd} 12.0 @1700000000000",
                        "requests_total{method=POST} 350.0",
                        "load{} 0.25",
                        "# MetricFamily[name=load, type=GAUGE, unit=, help=]",
                        "# MetricFamily[name=load1, type=UNSPECIFIED, unit=, help=]");
    }

    @Test
    void seriesThatOnlyLookAlikeDoNotBelongToTheFamily() throws Exception {
        parser.open(
                "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_total 1\nab_bucket 2\na_sum 3\n"
                        .getBytes(StandardCharsets.UTF_8),
                0,
                68);
        parser.next();
        MetricFamily family = parser.family();
        assertThat(family).isEqualTo(new MetricFamily("a", MetricType.HISTOGRAM, "", ""));
        parser.next();
        assertThat(parser.family()).isSameAs(family);
        parser.next();
        assertThat(parser.family()).isNull();
        parser.next();
        assertThat(parser.family()).isNull();
        parser.next();
        assertThat(parser.family()).isSameAs(family);
    }

    @Test
    void theSameFamilyIsTheSameObjectInTheNextAnswer() throws Exception {
        byte[] body = "# HELP kept This stays\n# TYPE kept gauge\nkept 1\n".getBytes(StandardCharsets.UTF_8);
        parser.open(body, 0, body.length);
        parser.next();
        MetricFamily first = parser.family();
        parser.open(body.clone(), 0, body.length);
        parser.next();
        assertThat(first).isNotNull();
        assertThat(parser.family()).isSameAs(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a 1                          | a{} 1.0
            a{} 1                        | a{} 1.0
            a:b_1 1                      | a:b_1{} 1.0
            a{b="c",} 1                  | a{b=c} 1.0
            a{b="c" d="e"} 1             | a{b=c, d=e} 1.0
            a{b="c"d="e"} 1              | a{b=c, d=e} 1.0
            a { b = "c" , d = "e" } 1 2  | a{b=c, d=e} 1.0 @2
            a{b="c"}1                    | a{b=c} 1.0
            a+1                          | a{} 1.0
            a.5 7                        | a{} 0.5 @7
            a NaN                        | a{} NaN
            a +inf                       | a{} Infinity
            a -INFINITY                  | a{} -Infinity
            a 1 0                        | a{} 1.0 @0
            a{b="\\x\\"} 1               | a{b=\\x\\"} 1.0
            a{b=""} 1                    | a{} 1.0
            a{b="",c="1",b="2"} 1        | a{c=1} 1.0
            {"my.name"} 1                | my.name{} 1.0
            {"my.name",b="c"} 1          | my.name{b=c} 1.0
            {b="c","my.name"} 1          | my.name{b=c} 1.0
            {"my.name","b.c"="d"} 1      | my.name{b.c=d} 1.0
            a{"b c"="d"} 1               | a{b c=d} 1.0
            {"a\\"b"} 1                  | a"b{} 1.0
            """)
    void takesWhatPrometheusTakes(String line, String sample) throws Exception {
        if (!line.contains("\\x")) {
            assertThat(only(line)).isEqualTo(sample);
        }
        assertThat(only("\n\n  \t" + line.replace("\\x\\", "x") + "  \n\n")).isEqualTo(sample.replace("\\x\\\"", "x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a                   | line 2, column 2: the end of the line (expected: a value after the series)
            a b                 | line 2, column 3: value 'b' (expected: a decimal number)
            a 1e999             | line 2, column 3: value '1e999' (expected: a number in the range of doubles)
            a 0x1p3             | line 2, column 3: value '0x1p3' (expected: a decimal number)
            a 1_000             | line 2, column 3: value '1_000' (expected: a decimal number)
            a 1 -2              | line 2, column 5: '-2' (expected: a timestamp or the end of the line)
            a 1 2.5             | line 2, column 6: '.5' (expected: the end of the line after a timestamp)
            a 1 2 3             | line 2, column 7: '3' (expected: the end of the line after a timestamp)
            a 1 99999999999999999999 | line 2, column 5: a timestamp beyond 63 bits (expected: milliseconds since 1970)
            a{b} 1              | line 2, column 4: '}' (expected: '=' after a label name)
            a{b=c} 1            | line 2, column 5: 'c' (expected: a label value in quotes)
            a{b="c} 1           | line 2, column 5: a label value without an end (expected: a closing quote)
            a{,b="c"} 1         | line 2, column 3: ',' (expected: a label name or '}')
            a{b="c",,} 1        | line 2, column 9: ',' (expected: a label name or '}')
            a{b="c"             | line 2, column 8: the end of the line (expected: a label name or '}')
            a{b="c"}{d="e"} 1   | line 2, column 9: '{' (expected: a value after the series)
            a{"b"} 1            | line 2, column 3: a second metric name (expected: '=' after a label name)
            {b="c"} 1           | line 2, column 1: a series without a name (expected: a metric name)
            {"a","b"} 1         | line 2, column 6: a second metric name (expected: '=' after a label name)
            ü 1                 | line 2, column 1: 'ü' (expected: a metric name, '{' or '#')
            a{b="ü",c} 1        | line 2, column 10: '}' (expected: '=' after a label name)
            a{b="c",b="d"} 1    | line 2, column 2: label 'b' a second time (expected: each label once)
            a{__name__="b"} 1   | line 2, column 2: label '__name__' a second time (expected: each label once)
            # TYPE a counters   | line 2, column 10: type 'counters' (expected: counter, gauge, histogram, summary or untyped)
            # TYPE a  counter   | line 2, column 10: type ' counter' (expected: counter, gauge, histogram, summary or untyped)
            # TYPE a            | line 2, column 9: type '' (expected: counter, gauge, histogram, summary or untyped)
            # HELP 1a b         | line 2, column 8: '1a' (expected: a metric name after HELP)
            """)
    void refusesWhatPrometheusRefuses(String line, String message) {
        assertThatThrownBy(() -> Read.all(parser, "x 1\n" + line + "\n"))
                .isExactlyInstanceOf(MalformedExposition.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# HELP", "#HELP 1", "#", "# \n", "# help a b", "# HELP a", "# TYPEa 1", "#TYPE a b"})
    void commentsAreWhatIsNoMetadata(String line) throws Exception {
        assertThat(Read.samples(parser, line + "\na 1\n")).containsExactly("a{} 1.0");
    }

    @Test
    void boundsOfBucketsAndQuantilesAreWrittenOneWay() throws Exception {
        assertThat(Read.samples(parser, """
                # TYPE h histogram
                h_bucket{le="1"} 1
                h_bucket{le="+Inf"} 1
                h_bucket{le="1000000"} 1
                h_bucket{le="a"} 1
                # TYPE s summary
                s{quantile="0.50",le="1"} 1
                # TYPE g gauge
                g{quantile="0.50",le="1"} 1
                """))
                .containsExactly(
                        "h_bucket{le=1.0} 1.0",
                        "h_bucket{le=+Inf} 1.0",
                        "h_bucket{le=1e+06} 1.0",
                        "h_bucket{le=a} 1.0",
                        "s{le=1, quantile=0.5} 1.0",
                        "g{le=1, quantile=0.50} 1.0");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "a{b=\"x\"} 1\n".getBytes(StandardCharsets.UTF_8);
        body[5] = (byte) 0xC3;
        assertThatThrownBy(() -> Read.all(parser, body))
                .hasMessage("line 1, column 6: a label value that is not valid UTF-8 (expected: UTF-8)");
    }
}
