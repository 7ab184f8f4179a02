package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    private final LogLine line = new LogLine();

    @Test
    void criLineIsTakenApart() {
        read(LineFormat.AUTO, "2023-06-22T10:27:25.813799277Z stderr F some  text ");
        assertThat(line.stream).isEqualTo("stderr");
        assertThat(line.partial).isFalse();
        assertThat(text()).isEqualTo("some  text ");
        assertThat(instant()).isEqualTo(Instant.parse("2023-06-22T10:27:25.813799277Z"));
    }

    @Test
    void criPartialAndReservedTagsAreUnderstood() {
        read(LineFormat.CRI, "2023-06-22T10:27:25.8Z stdout P:later:more begin");
        assertThat(line.partial).isTrue();
        assertThat(text()).isEqualTo("begin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-06-22T10:27:25.8Z stdout F ", "2023-06-22T10:27:25.8Z stdout F"})
    void criLineMayBeEmpty(String raw) {
        read(LineFormat.CRI, raw);
        assertThat(line.stream).isEqualTo("stdout");
        assertThat(text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2023-06-22T10:27:25.813799277-05:00, 2023-06-22T15:27:25.813799277Z",
        "2023-06-22T10:27:25+05:30, 2023-06-22T04:57:25Z",
        "2024-02-29T23:59:59.000000001Z, 2024-02-29T23:59:59.000000001Z",
        "1970-01-01T00:00:00.1Z, 1970-01-01T00:00:00.1Z"
    })
    void timesAreReadWithTheirOffset(String time, String expected) {
        read(LineFormat.CRI, time + " stdout F x");
        assertThat(instant()).isEqualTo(Instant.parse(expected));
    }

    @Test
    void everyDayOfFourCenturiesIsReadAsTheJdkReadsIt() {
        for (Instant day = Instant.parse("1970-01-01T12:34:56Z");
                day.isBefore(Instant.parse("2262-01-01T00:00:00Z"));
                day = day.plusSeconds(86_400)) {
            byte[] bytes = day.toString().getBytes(UTF_8);
            assertThat(Rfc3339.nanos(bytes, 0, bytes.length)).isEqualTo(day.getEpochSecond() * 1_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "plain text of an application",
                "2023-06-22T10:27:25.8Z",
                "2023-06-22T10:27:25.8Z stdout",
                "2023-06-22T10:27:25.8Z stdout ",
                "2023-06-22T10:27:25.8Z stdout X text",
                "2023-06-22T10:27:25.8Z stdout FP text",
                "2023-06-22T10:27:25.8Z stdlog F text",
                "2023-13-22T10:27:25.8Z stdout F text",
                "2023-06-22T10:27:25.8 stdout F text",
                "{\"log\":\"x\"}",
                "{\"log\":",
                "{}"
            })
    void anythingElseIsPassedOnAsItIs(String raw) {
        read(LineFormat.AUTO, raw);
        assertThat(text()).isEqualTo(raw);
        assertThat(line.stream).isEmpty();
        assertThat(line.timeUnixNano).isZero();
        assertThat(line.partial).isFalse();
    }

    @Test
    void dockerLineIsTakenApart() {
        read(
                LineFormat.AUTO,
                "{\"log\":\"say \\\"hi\\\" \\u00e4\\n\",\"attrs\":{\"a\":\"b\"},\"stream\":\"stderr\","
                        + "\"time\":\"2023-06-22T10:27:25.813799277Z\"}");
        assertThat(text()).isEqualTo("say \"hi\" \u00e4");
        assertThat(line.stream).isEqualTo("stderr");
        assertThat(line.partial).isFalse();
    }

    @Test
    void dockerLineWithoutItsLineBreakIsPartial() {
        read(LineFormat.DOCKER, "{\"log\":\"be\",\"stream\":\"stdout\",\"time\":\"2023-06-22T10:27:25Z\"}");
        assertThat(line.partial).isTrue();
        assertThat(text()).isEqualTo("be");
    }

    @Test
    void randomBytesAreNeverAnError() {
        Random random = new Random(3);
        byte[] start = "2023-06-22T10:27:25.8Z stdout F {\"log\":".getBytes(UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            System.arraycopy(start, 0, bytes, 0, Math.min(bytes.length, random.nextInt(start.length)));
            LineFormat.AUTO.read(bytes, 0, bytes.length, line);
            assertThat(line.length).isBetween(0, bytes.length);
        }
    }

    private void read(LineFormat format, String raw) {
        // Inside a larger buffer, as in a block.
        byte[] bytes = ("#" + raw + "\n").getBytes(UTF_8);
        format.read(bytes, 1, bytes.length - 2, line);
    }

    private String text() {
        return new String(line.bytes, line.from, line.length, UTF_8);
    }

    private Instant instant() {
        return Instant.ofEpochSecond(0, line.timeUnixNano);
    }
}
