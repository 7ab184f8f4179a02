package io.lightvessel.gateway.discovery.kubernetes.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** {@code -Dlightvessel.golden.write=true} writes what the translation makes now; read the difference. */
class MonitorTranslationTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/monitors");

    private static final KnownReferences REFERENCES = new KnownReferences()
            .secret("shop", "login", "user", "scraper")
            .secret("shop", "login", "password", "p$a$$s")
            .secret("shop", "login", "token", "t-1")
            .secret("shop", "client", "tls.crt", "CERT")
            .secret("shop", "client", "tls.key", "KEY")
            .secret("shop", "proxy", "header", "Basic eA==")
            .secret("monitoring", "login", "token", "t-2")
            .configMap("shop", "authorities", "ca.crt", "CA")
            .configMap("shop", "oauth", "id", "gateway");

    @ParameterizedTest
    @ValueSource(strings = {"service-plain", "service-everything", "service-anywhere", "pod-plain", "pod-everything"})
    void monitorsBecomeScrapeConfigs(String name) throws Exception {
        Monitor monitor = monitor(Files.readString(GOLDEN.resolve(name + ".yaml")));

        TranslatedMonitor translated = MonitorTranslation.translate(monitor, REFERENCES, MonitorOptions.DEFAULT);

        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("scrape_configs", translated.jobs());
        shown.put("notes", translated.notes());
        String text = new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setWidth(200)
                        .setDereferenceAliases(true)
                        .build())
                .dumpToString(shown);
        assertGolden(name + ".jobs.yaml", text);
    }

    @Test
    void anUnknownOperatorIsRefused() {
        assertInvalid(
                """
                kind: ServiceMonitor
                metadata: {namespace: shop, name: cart}
                spec: {selector: {matchExpressions: [{key: a, operator: Like}]}, endpoints: [{port: web}]}
                """,
                "spec.selector.matchExpressions[0].operator: 'Like' (expected: In, NotIn, Exists or DoesNotExist)");
    }

    @Test
    void aFieldOfTheWrongTypeIsRefused() {
        assertInvalid("""
                kind: PodMonitor
                metadata: {namespace: shop, name: cart}
                spec: {podMetricsEndpoints: [{port: web}, {interval: 15}]}
                """, "spec.podMetricsEndpoints[1].interval: 15 (expected: a text)");
    }

    @Test
    void aMissingSecretIsNamed() {
        assertInvalid("""
                kind: ServiceMonitor
                metadata: {namespace: shop, name: cart}
                spec: {endpoints: [{basicAuth: {username: {name: nobody, key: user}}}]}
                """, "spec.endpoints[0].basicAuth.username: Secret shop/nobody or its key 'user' is not there");
    }

    @Test
    void secretsOfOtherNamespacesAreOutOfReach() {
        assertInvalid("""
                kind: ServiceMonitor
                metadata: {namespace: evil, name: cart}
                spec: {endpoints: [{bearerTokenSecret: {name: login, key: token, namespace: shop}}]}
                """, "spec.endpoints[0].bearerTokenSecret: Secret evil/login or its key 'token' is not there");
    }

    @Test
    void filesOfTheGatewayAreReadOnlyIfItIsAllowed() throws Exception {
        String text = """
                kind: ServiceMonitor
                metadata: {namespace: shop, name: cart}
                spec: {endpoints: [{bearerTokenFile: /token, tlsConfig: {caFile: /ca.crt}}]}
                """;
        assertThatThrownBy(() -> MonitorTranslation.translate(monitor(text), REFERENCES, MonitorOptions.DEFAULT))
                .isInstanceOf(InvalidMonitorException.class)
                .hasMessageStartingWith("spec.endpoints[0].tlsConfig.caFile: a file of the gateway");

        Map<String, Object> job = MonitorTranslation.translate(
                        monitor(text), REFERENCES, new MonitorOptions(true, true, Map.of()))
                .jobs()
                .getFirst();
        assertThat(job)
                .containsEntry("bearer_token_file", "/token")
                .containsEntry("tls_config", Map.of("ca_file", "/ca.crt"));
    }

    private static void assertInvalid(String text, String message) {
        assertThatThrownBy(() -> MonitorTranslation.translate(monitor(text), REFERENCES, MonitorOptions.DEFAULT))
                .isInstanceOf(InvalidMonitorException.class)
                .hasMessage(message);
    }

    static Monitor monitor(String yaml) {
        Map<?, ?> object = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        Map<?, ?> meta = (Map<?, ?>) object.get("metadata");
        @SuppressWarnings("unchecked")
        Map<String, Object> spec = (Map<String, Object>) object.get("spec");
        Monitor.Kind kind = object.get("kind").equals("ServiceMonitor") ? Monitor.Kind.SERVICE : Monitor.Kind.POD;
        return new Monitor(kind, (String) meta.get("namespace"), (String) meta.get("name"), spec);
    }

    private static void assertGolden(String file, String text) throws IOException {
        Path path = GOLDEN.resolve(file);
        if (Boolean.getBoolean("lightvessel.golden.write")) {
            Files.writeString(path, text);
        }
        assertThat(text).isEqualTo(Files.readString(path));
    }
}
