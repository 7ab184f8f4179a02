package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtensionReferencesTest {

    private static final String CONFIG = """
            receivers:
              otlp:
                protocols: {grpc: }
            exporters:
              otlp:
                endpoint: tempo:4317
                auth: {authenticator: headers_setter}
            extensions:
              headers_setter:
                headers: [{key: X-Scope-OrgID, value: a}]
                additional_auth: bearertokenauth
              bearertokenauth: {token: '${env:TOKEN}'}
              health_check:
            service:
              extensions: [headers_setter, bearertokenauth, health_check]
              pipelines:
                traces: {receivers: [otlp], exporters: [otlp]}
            """;

    @Test
    void anExtensionIsPartOfWhatNamesIt() {
        ComponentConfig exporter = exporter(CONFIG, "one");
        ComponentConfig setter = exporter.extensions().get(ComponentId.of("headers_setter"));
        assertThat(setter.extensions()).containsOnlyKeys(ComponentId.of("bearertokenauth"));
        assertThat(exporter(CONFIG, "one")).isEqualTo(exporter);
        assertThat(exporter(CONFIG, "two")).isNotEqualTo(exporter);
    }

    @Test
    void anExtensionMustBeSwitchedOn() {
        assertThat(errors(CONFIG.replace(
                        "extensions: [headers_setter, bearertokenauth,", "extensions: [headers_setter,")))
                .containsExactly("extensions::headers_setter::additional_auth: extension 'bearertokenauth' is not in"
                        + " service::extensions (expected: one of headers_setter, health_check)");
    }

    @Test
    void anExtensionMustBeAbleToDoWhatIsAsked() {
        assertThat(errors(CONFIG.replace("authenticator: headers_setter", "authenticator: health_check")))
                .containsExactly(
                        "exporters::otlp::auth::authenticator: extension 'health_check' is none that adds credentials"
                                + " to requests (expected: one of basicauth, bearertokenauth, headers_setter)");
    }

    @Test
    void cyclesAreFound() {
        assertThat(errors(CONFIG.replace("additional_auth: bearertokenauth", "additional_auth: headers_setter")))
                .contains("extensions::headers_setter::additional_auth: extension 'headers_setter' leads back to itself"
                        + " (expected: no cycle)");
        String two = CONFIG.replace("additional_auth: bearertokenauth", "additional_auth: headers_setter/b")
                .replace(
                        "  health_check:\n",
                        "  health_check:\n  headers_setter/b: {headers: [{key: a, value: b}], additional_auth: headers_setter}\n")
                .replace("health_check]", "health_check, headers_setter/b]");
        assertThat(errors(two))
                .contains(
                        "extensions::headers_setter/b::additional_auth: extension 'headers_setter' leads back to itself"
                                + " (expected: no cycle)");
    }

    @Test
    void placeholdersAreFollowedOnceTheyAreKnown() {
        String open = CONFIG.replace("authenticator: headers_setter", "authenticator: '${env:AUTH}'");
        assertThat(ConfigParser.parse(open, Environment.UNRESOLVED)).isInstanceOf(ParseOutcome.Valid.class);
        assertThat(ConfigParser.parse(open, Environment.of(Map.of("AUTH", "nobody", "TOKEN", "t"))))
                .isInstanceOf(ParseOutcome.Invalid.class);
    }

    private static ComponentConfig exporter(String text, String token) {
        ParseOutcome outcome = ConfigParser.parse(text, Environment.of(Map.of("TOKEN", token)));
        assertThat(outcome).isInstanceOf(ParseOutcome.Valid.class);
        return ((ParseOutcome.Valid) outcome).config().exporters().get(ComponentId.of("otlp"));
    }

    private static List<String> errors(String text) {
        ParseOutcome outcome = ConfigParser.parse(text, Environment.of(Map.of("TOKEN", "t")));
        assertThat(outcome).isInstanceOf(ParseOutcome.Invalid.class);
        return ((ParseOutcome.Invalid) outcome)
                .findings().stream()
                        .filter(Finding::isError)
                        .map(finding -> finding.path() + ": " + finding.message())
                        .distinct()
                        .toList();
    }
}
