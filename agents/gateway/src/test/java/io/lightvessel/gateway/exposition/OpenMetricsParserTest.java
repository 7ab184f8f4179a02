package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsParserTest {
    private final ExpositionParser parser =
            ExpositionParsers.of(ExpositionFormat.OPEN_METRICS_1_0_0, ParserOptions.DEFAULT);

    @Test
    void readsFamiliesWithUnitsTimesAndExemplars() throws Exception {
        assertThat(Read.all(parser, """
                # TYPE request_seconds histogram
                # UNIT request_seconds seconds
                # HELP request_seconds How \\"long\\" it took.
                request_seconds_bucket{path="/",le="0.5"} 2 # {trace_id="ab\\"c"} 0.25 1700000000.125
                request_seconds_bucket{path="/",le="+Inf"} 3 # {} 0.7
                request_seconds_count{path="/"} 3
                request_seconds_sum{path="/"} 1.2
                request_seconds_created{path="/"} 1690000000.5
                # TYPE up gauge
                up 1 1700000000.5
                # HELP state Which.
                # TYPE state stateset
                state{state="on"} 1
                # TYPE build info
                build_info{version="1"} 1
                # EOF
                """))
                .containsExactly(
                        "# MetricFamily[name=request_seconds, type=HISTOGRAM, unit=seconds, help=How \"long\" it took.]",
                        "request_seconds_bucket{le=0.5, path=/} 2.0 since 1690000000500 # {trace_id=ab\"c } 0.25"
                                + " @1700000000125",
                        "request_seconds_bucket{le=+Inf, path=/} 3.0 since 1690000000500 # {} 0.7",
                        "request_seconds_count{path=/} 3.0 since 1690000000500",
                        "request_seconds_sum{path=/} 1.2 since 1690000000500",
                        "# MetricFamily[name=up, type=GAUGE, unit=, help=]",
                        "up{} 1.0 @1700000000500",
                        "# MetricFamily[name=state, type=STATE_SET, unit=, help=Which.]",
                        "state{state=on} 1.0",
                        "# MetricFamily[name=build, type=INFO, unit=, help=]",
                        "build_info{version=1} 1.0");
    }

    @Test
    void startTimesAreOfTheSeriesWithTheSameLabels() throws Exception {
        assertThat(Read.samples(parser, """
                # TYPE a counter
                a_total{b="1"} 1
                a_created{b="1"} 1
                a_total{b="2"} 1
                a_total{b="3"} 1
                a_created{b="3"} 3
                a_total{b="4"} 1
                # TYPE s summary
                s{quantile="0.5",b="1"} 1
                s_count{b="1"} 1
                s_created{b="1"} 5
                s_count{b="2"} 1
                s_created{b="2"} 6
                # TYPE "my.counter" counter
                {"my.counter_total",b="1"} 1
                {"my.counter_created",b="1"} 7
                # TYPE g gauge
                g_created 8
                g 1
                # TYPE c counter
                c_total 1
                # TYPE d counter
                d_created 2
                # EOF
                """))
                .containsExactly(
                        "a_total{b=1} 1.0 since 1000",
                        "a_total{b=2} 1.0",
                        "a_total{b=3} 1.0 since 3000",
                        "a_total{b=4} 1.0",
                        "s{b=1, quantile=0.5} 1.0 since 5000",
                        "s_count{b=1} 1.0 since 5000",
                        "s_count{b=2} 1.0 since 6000",
                        "my.counter_total{b=1} 1.0 since 7000",
                        "g_created{} 8.0",
                        "g{} 1.0",
                        "c_total{} 1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a 1                              | a{} 1.0
            a{} 1                            | a{} 1.0
            a{b="c",} 1                      | a{b=c} 1.0
            a{b="c",d="e"} 1 2               | a{b=c, d=e} 1.0 @2000
            a 1 -2.5                         | a{} 1.0 @-2500
            a 1 1e3                          | a{} 1.0 @1000000
            {"a b"} 1                        | a b{} 1.0
            {"a b","c d"="e"} 1              | a b{c d=e} 1.0
            {c="e","a b"} 1                  | a b{c=e} 1.0
            a 1 # {} 2                       | a{} 1.0 # {} 2.0
            a 1 # {b="c",} 2                 | a{} 1.0 # {b=c } 2.0
            a 1 # {"b.c"="d"} 2              | a{} 1.0 # {b.c=d } 2.0
            a 1 2 # {b="c"} 2 3              | a{} 1.0 @2000 # {b=c } 2.0 @3000
            a +Inf                           | a{} Infinity
            a NaN                            | a{} NaN
            """)
    void takesWhatPrometheusTakes(String line, String sample) throws Exception {
        assertThat(Read.samples(parser, line + "\n# EOF")).containsExactly(sample);
        assertThat(Read.samples(parser, line + "\n# EOF\n")).containsExactly(sample);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                  | line 2, column 1: the end of the line (expected: a metric name, '{' or '#')
            ` a 1`              | line 2, column 1: a blank (expected: a metric name, '{' or '#')
            a                   | line 2, column 2: the end of the line (expected: one blank and a value after the series)
            a  1                | line 2, column 2: a blank (expected: one blank and a value after the series)
            a+1                 | line 2, column 2: '+1' (expected: one blank and a value after the series)
            `a 1 `              | line 2, column 5: the end of the line (expected: a timestamp after one blank, or the end of the line)
            a 1  2              | line 2, column 5: a blank (expected: a timestamp after one blank, or the end of the line)
            a 1 NaN             | line 2, column 5: timestamp 'NaN' (expected: seconds since 1970)
            a 1 #               | line 2, column 5: timestamp '#' (expected: seconds since 1970)
            a 1 2 3             | line 2, column 6: a blank (expected: the end of the line)
            a {b="c"} 1         | line 2, column 3: value '{b="c"}' (expected: a decimal number)
            a{b="c"d="e"} 1     | line 2, column 8: 'd="e"' (expected: ',' or '}' after a label value)
            a{b="c", d="e"} 1   | line 2, column 9: a blank (expected: a label name or '}')
            a{b ="c"} 1         | line 2, column 4: a blank (expected: '=' after a label name)
            a{b= "c"} 1         | line 2, column 5: a blank (expected: a label value in quotes)
            a{"b"} 1            | line 2, column 3: a second metric name (expected: '=' after a label name)
            {b="c"} 1           | line 2, column 1: a series without a name (expected: a metric name)
            a 1 # {"b"} 2       | line 2, column 11: '}' (expected: '=' after a label name)
            a 1 # {b="c"}       | line 2, column 14: the end of the line (expected: one blank and a value after the exemplar's labels)
            a 1 # {b="c"} x     | line 2, column 15: value 'x' (expected: a decimal number)
            a 1 # {b="c"} 1 2 3 | line 2, column 18: a blank (expected: the end of the line)
            # a comment         | line 2, column 1: '#' (expected: '# HELP ', '# TYPE ', '# UNIT ' or '# EOF')
            #TYPE a counter     | line 2, column 1: '#TYPE' (expected: '# HELP ', '# TYPE ', '# UNIT ' or '# EOF')
            # HELP a            | line 2, column 9: the end of the line (expected: a blank after the metric name)
            # TYPE a untyped    | line 2, column 10: type 'untyped' (expected: counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown)
            # UNIT a_seconds second | line 2, column 18: unit 'second' (expected: what the metric name ends with, after '_')
            # UNIT seconds seconds | line 2, column 16: unit 'seconds' (expected: what the metric name ends with, after '_')
            # EOF x             | line 2, column 6: a blank (expected: nothing after '# EOF')
            """)
    void refusesWhatPrometheusRefuses(String line, String message) {
        assertThatThrownBy(() -> Read.all(parser, "x 1\n" + line + "\n# EOF\n"))
                .isExactlyInstanceOf(MalformedExposition.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a 1\n", "a 1", "a 1 2", "a 1 # {} 1", "# TYPE a counter", "# TYPE a counter\n"})
    void anAnswerThatIsCutOffIsRefused(String body) {
        assertThatThrownBy(() -> Read.all(parser, body))
                .isExactlyInstanceOf(MalformedExposition.class)
                .hasMessageContaining("the end (expected:");
    }

    @Test
    void nothingMayFollowTheEnd() {
        assertThatThrownBy(() -> Read.all(parser, "# EOF\na 1\n"))
                .hasMessage("line 2, column 1: 'a' (expected: nothing after '# EOF')");
    }

    @Test
    void namesThatAreNotLegacyAreEscapedWhenAskedFor() throws Exception {
        String body = "{\"my.na_me\",\"l.a\"=\"v.a\",b=\"c\"} 1\n# EOF\n";
        assertThat(escaped(NameEscaping.UNDERSCORES, body)).isEqualTo("my_na_me{b=c, l_a=v.a} 1.0");
        assertThat(escaped(NameEscaping.DOTS, body)).isEqualTo("my_dot_na__me{b=c, l_dot_a=v.a} 1.0");
        assertThat(escaped(NameEscaping.VALUES, body)).isEqualTo("U__my_2e_na__me{U__l_2e_a=v.a, b=c} 1.0");
        assertThat(escaped(NameEscaping.ALLOW_UTF_8, body)).isEqualTo("my.na_me{b=c, l.a=v.a} 1.0");
    }

    private static String escaped(NameEscaping escaping, String body) throws MalformedExposition {
        return Read.samples(
                        ExpositionParsers.of(
                                ExpositionFormat.OPEN_METRICS_1_0_0, new ParserOptions(false, false, false, escaping)),
                        body)
                .getFirst();
    }
}
