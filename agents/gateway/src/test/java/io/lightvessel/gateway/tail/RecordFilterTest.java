package io.lightvessel.gateway.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTest {
    private static final TelemetryRecord RECORD = new TelemetryRecord(
            Signal.LOGS,
            1,
            "Connection to inventory timed out",
            13,
            "WARN",
            List.of(new Field("trace_id", "0af7")),
            List.of(new Field("http.route", "/cart"), new Field("note", "two words")),
            List.of(new Field("service.name", "checkout")),
            "logback 1.5");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TIMED",
                "\"timed out\"",
                "timed connection",
                "service.name=checkout",
                "resource.service.name=check*",
                "attributes.http.route=/cart",
                "http.route=*",
                "note=\"two words\"",
                "trace_id=0af7",
                "severity>=warn",
                "severity>=13",
                "severity=WARN",
                "-severity>=error",
                "-payment",
                "logback",
                "http.route",
            })
    void theseLetItThrough(String filter) {
        assertThat(RecordFilter.parse(filter)).accepts(RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment",
                "timed payment",
                "service.name=check",
                "attributes.service.name=checkout",
                "resource.http.route=/cart",
                "severity>=error",
                "-timed",
                "-service.name=checkout",
                "missing=*",
            })
    void theseDoNot(String filter) {
        assertThat(RecordFilter.parse(filter)).rejects(RECORD);
    }

    @Test
    void aFilterThatCannotBeReadSaysWhatIsWrong() {
        assertThatThrownBy(() -> RecordFilter.parse("severity>=loud"))
                .hasMessage("filter: severity>=loud (expected: one of trace, debug, info, warn, error, fatal, "
                        + "or a number 1..24)");
        assertThatThrownBy(() -> RecordFilter.parse("size>=3"))
                .hasMessage("filter: size>=3 (expected: severity>=3 or size=…)");
        assertThatThrownBy(() -> RecordFilter.parse("\"open"))
                .hasMessage("filter: \"open (expected: words, \"quoted text\", key=value or severity>=warn)");
        assertThatThrownBy(() -> RecordFilter.parse("x".repeat(501)))
                .hasMessage("filter: 501 characters (expected: at most 500)");
        assertThatThrownBy(() -> RecordFilter.parse("a ".repeat(21)))
                .hasMessage("filter: more than 20 terms (expected: fewer)");
    }
}
