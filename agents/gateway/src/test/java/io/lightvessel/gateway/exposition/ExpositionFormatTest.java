package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionFormatTest {
    @Test
    void asksForWhatIsWantedInTheOrderItIsWanted() {
        assertThat(ExpositionFormat.accept(ExpositionFormat.DEFAULT, NameEscaping.ALLOW_UTF_8))
                .isEqualTo(
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(ExpositionFormat.accept(
                        List.of(ExpositionFormat.PROTOBUF, ExpositionFormat.TEXT_1_0_0), NameEscaping.UNDERSCORES))
                .isEqualTo(
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                                + "text/plain;version=1.0.0;escaping=underscores;q=0.5,*/*;q=0.4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                                      | TEXT_0_0_4
            text/plain; version=0.0.4; charset=utf-8        | TEXT_0_0_4
            TEXT/Plain;charset="utf-8";                     | TEXT_0_0_4
            text/plain;version=1.0.0;escaping=allow-utf-8   | TEXT_0_0_4
            application/openmetrics-text; version=1.0.0     | OPEN_METRICS_1_0_0
            application/openmetrics-text                    | OPEN_METRICS_1_0_0
            application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited | PROTOBUF
            text/plain;a=1;a=1                              | TEXT_0_0_4
            """)
    void takesTheFormatThatTheAnswerNames(String contentType, ExpositionFormat format) throws Exception {
        assertThat(ExpositionFormat.choose(contentType, null)).isEqualTo(new ExpositionFormat.Choice(format, null));
        assertThat(ExpositionFormat.choose(contentType, ExpositionFormat.PROTOBUF)
                        .format())
                .isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "text/html", "application/json", "text/plain; charset", "text/plain; =x", "text/plain;a=1;a=2",
                "text/plain/x", "/plain", "text/plain; a=\"b", "text plain", "text/", "text/plain;;"
            })
    void whatNobodyUnderstandsIsTakenForTheFallback(String contentType) throws Exception {
        assertThatThrownBy(() -> ExpositionFormat.choose(contentType, null))
                .isInstanceOf(MalformedExposition.class)
                .hasMessage("Content-Type: " + (contentType.isEmpty() ? "none" : "'" + contentType + "'")
                        + " (expected: text/plain, application/openmetrics-text or application/vnd.google.protobuf),"
                        + " and no fallback_scrape_protocol is set");
        ExpositionFormat.Choice choice = ExpositionFormat.choose(contentType, ExpositionFormat.TEXT_0_0_4);
        assertThat(choice.format()).isEqualTo(ExpositionFormat.TEXT_0_0_4);
        assertThat(choice.objection()).endsWith("taken for fallback_scrape_protocol PrometheusText0.0.4");
    }

    @Test
    void protocolsAndEscapingsHaveTheirNamesFromConfigs() {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            assertThat(ExpositionFormat.ofProtocol(format.protocol())).isSameAs(format);
        }
        for (NameEscaping escaping : NameEscaping.values()) {
            assertThat(NameEscaping.of(escaping.label())).isSameAs(escaping);
        }
        assertThat(ExpositionFormat.ofProtocol("text")).isNull();
        assertThat(NameEscaping.of("none")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mysystem.prod.west.cpu.load, mysystem_prod_west_cpu_load, mysystem_dot_prod_dot_west_dot_cpu_dot_load,"
                + " U__mysystem_2e_prod_2e_west_2e_cpu_2e_load",
        "label with 😱, label_with__, label__with____, U__label_20_with_20__1f631_",
        "no:escaping_1, no:escaping_1, no:escaping_1, no:escaping_1",
        "1a, _a, __a, U___31_a"
    })
    void namesAreEscaped(String name, String underscores, String dots, String values) {
        assertThat(NameEscaping.ALLOW_UTF_8.escape(name)).isEqualTo(name);
        assertThat(NameEscaping.UNDERSCORES.escape(name)).isEqualTo(underscores);
        assertThat(NameEscaping.DOTS.escape(name)).isEqualTo(dots);
        assertThat(NameEscaping.VALUES.escape(name)).isEqualTo(values);
    }
}
