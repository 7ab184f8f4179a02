package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of hostile targets: read or refused, the same each time, and nothing outside of what was given is looked at. */
class ExpositionFuzzTest {
    private enum Format {
        TEXT(ExpositionFormat.TEXT_0_0_4),
        OPENMETRICS(ExpositionFormat.OPEN_METRICS_1_0_0),
        PROTOBUF(ExpositionFormat.PROTOBUF);

        private final List<ExpositionParser> parsers;

        Format(ExpositionFormat format) {
            parsers = List.of(
                    ExpositionParsers.of(format, ParserOptions.DEFAULT),
                    ExpositionParsers.of(format, new ParserOptions(true, true, false, NameEscaping.VALUES)),
                    ExpositionParsers.of(format, new ParserOptions(true, true, true)),
                    ExpositionParsers.of(format, new ParserOptions(true, false, true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers(Format format) {
        Fuzz.run(
                "exposition-" + format.name().toLowerCase(java.util.Locale.ROOT),
                8000,
                input -> {
                    StringBuilder answer = new StringBuilder();
                    MalformedExposition refusal = null;
                    for (ExpositionParser parser : format.parsers) {
                        try {
                            answer.append(readTwice(parser, input)).append(' ');
                        } catch (MalformedExposition e) {
                            refusal = e;
                        }
                    }
                    if (refusal != null) {
                        throw refusal;
                    }
                    return answer;
                },
                MalformedExposition.class);
    }

    private static String readTwice(ExpositionParser parser, byte[] input) throws MalformedExposition {
        byte[] larger = new byte[input.length + 64];
        Arrays.fill(larger, (byte) '"');
        System.arraycopy(input, 0, larger, 32, input.length);
        String first = outcome(parser, input, 0);
        assertThat(outcome(parser, larger, 32, input.length)).isEqualTo(first);
        if (first.startsWith("!")) {
            throw new MalformedExposition(first);
        }
        return first;
    }

    private static String outcome(ExpositionParser parser, byte[] body, int start) {
        return outcome(parser, body, start, body.length);
    }

    private static String outcome(ExpositionParser parser, byte[] body, int start, int length) {
        parser.open(body, start, start + length);
        int[] entries = new int[ExpositionParser.Entry.values().length];
        try {
            for (int i = 0; ; i++) {
                assertThat(i).isLessThanOrEqualTo(10 * length + 10);
                ExpositionParser.Entry entry = parser.next();
                entries[entry.ordinal()]++;
                if (entry == ExpositionParser.Entry.END) {
                    break;
                }
                look(parser, entry, length);
            }
        } catch (MalformedExposition e) {
            assertThat(e.getMessage()).contains("(expected: ").hasSizeLessThan(600);
            return "!" + e.getMessage();
        }
        return Arrays.toString(entries);
    }

    private static void look(ExpositionParser parser, ExpositionParser.Entry entry, int length)
            throws MalformedExposition {
        MetricFamily family = parser.family();
        if (entry == ExpositionParser.Entry.METADATA) {
            assertThat(family).isNotNull();
            return;
        }
        int[] told = {0};
        parser.labels((name, value) -> {
            assertThat(name).isNotEmpty();
            assertThat(value).isNotEmpty();
            told[0]++;
        });
        assertThat(told[0]).isBetween(1, length + 2);
        assertThat(parser.seriesStart()).isBetween(0, parser.seriesEnd());
        assertThat(parser.seriesEnd()).isLessThanOrEqualTo(parser.seriesArray().length);
        assertThat(parser.startTimestamp()).isNotNull();
        if (entry == ExpositionParser.Entry.HISTOGRAM) {
            assertThat(NativeHistogramText.of(parser)).isNotEmpty();
        }
        for (int i = parser.exemplars() - 1; i >= 0; i--) {
            int[] ends = {0};
            parser.exemplar(i, new ExpositionParser.ExemplarSink() {
                @Override
                public void label(String name, String value) {}

                @Override
                public void end(double value, boolean hasTimestamp, long timestampMillis) {
                    ends[0]++;
                }
            });
            assertThat(ends[0]).isEqualTo(1);
        }
    }
}
