package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveSettingsTest {

    private static final String CONFIG = """
            receivers: { otlp: { protocols: { grpc: } } }
            processors: { resource: { attributes: [ { key: env, value: prod, action: upsert } ] } }
            exporters:
              otlphttp:
                endpoint: http://backend:4318?api_key=hidden
                headers: { authorization: "Bearer ${env:TOKEN}", x-team: blue }
                timeout: 5s
            service:
              pipelines:
                logs: { receivers: [otlp], processors: [resource], exporters: [otlphttp] }
            """;

    @Test
    void valuesAreShownWithTheirDefaultsAndMeaning() {
        assertThat(row("timeout"))
                .isEqualTo(new EffectiveSettings.Row(
                        "timeout",
                        "5s",
                        false,
                        false,
                        true,
                        "a duration of 1ms or more, such as 200ms, 5s or 1m30s",
                        "Longest time for one attempt."));
        assertThat(row("sending_queue::num_consumers").value()).isEqualTo("10");
        assertThat(row("sending_queue::num_consumers").isDefault()).isTrue();
        assertThat(row("traces_endpoint").value()).isNull();
    }

    @Test
    void noSecretIsShown() {
        assertThat(row("headers::authorization").value()).isEqualTo("[REDACTED]");
        assertThat(row("headers::x-team").value()).isEqualTo("[REDACTED]");
        assertThat(row("endpoint").value()).isEqualTo("http://backend:4318?[REDACTED]");
        assertThat(rows(ComponentKind.EXPORTER, "otlphttp").toString()).doesNotContain("s3cret", "hidden", "blue");
    }

    @Test
    void listsOfSectionsAreNumbered() {
        assertThat(rows(ComponentKind.PROCESSOR, "resource"))
                .extracting(EffectiveSettings.Row::path, EffectiveSettings.Row::value)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("attributes::0::key", "env"),
                        org.assertj.core.groups.Tuple.tuple("attributes::0::value", "prod"));
    }

    private static EffectiveSettings.Row row(String path) {
        return rows(ComponentKind.EXPORTER, "otlphttp").stream()
                .filter(row -> row.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<EffectiveSettings.Row> rows(ComponentKind kind, String id) {
        ParseOutcome outcome = ConfigParser.parse(CONFIG, Environment.of(Map.of("TOKEN", "s3cret")));
        if (!(outcome instanceof ParseOutcome.Valid valid)) {
            throw new AssertionError(outcome);
        }
        ComponentConfig component =
                valid.config().component(kind, ComponentId.parse(id)).orElseThrow();
        return EffectiveSettings.of(
                ComponentCatalog.find(kind, id).orElseThrow().keys(), component.settings());
    }
}
