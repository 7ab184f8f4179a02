package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.FieldErrorsFixture;
import io.lightvessel.platform.LightvesselException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads documents of every published version as they were committed when it was current; they are never edited. */
class StackUpgradesTest {
    private static final Path DOCUMENTS = Path.of("src/test/resources/io/lightvessel/stack");

    private final StackDocument documents = new StackDocument();

    @ParameterizedTest
    @ValueSource(strings = {"unversioned", "full"})
    void anOldDocumentMeansWhatTheNewOneSays(String name) throws IOException {
        assertThat(documents.read(text("v1alpha1", name))).isEqualTo(documents.read(text("v1alpha2", name)));
    }

    @Test
    void theFullStackOfTheFirstVersionIsUnchanged() throws IOException {
        assertThat(documents.read(text("v1alpha1", "full"))).isEqualTo(StackFixtures.full());
    }

    @Test
    void everyVersionHasDocuments() throws IOException {
        try (Stream<Path> versions = Files.list(DOCUMENTS)) {
            assertThat(versions.map(path -> "lightvessel.io/" + path.getFileName()))
                    .containsExactlyInAnyOrder(StackUpgrades.V1ALPHA1, StackUpgrades.V1ALPHA2)
                    .contains(StackSpec.API_VERSION);
        }
    }

    @Test
    void everyPartOfTheCurrentVersionIsRead() throws IOException {
        StackSpec spec = documents.read(text("v1alpha2", "everything"));

        assertThat(documents.read(documents.write(spec))).isEqualTo(spec);
        assertThat(new StackRules(FieldErrorsFixture.create()).errors(spec)).isEmpty();
        assertThat(spec.backends().taking(Signal.METRICS))
                .containsExactly("metrics", "datadog", "grpc", "http", "plain");
        assertThat(spec.backends().metrics())
                .isEqualTo(new Backends.Http("https://mimir/api/v1/push", Map.of("X-Scope-OrgID", "shop")));
        assertThat(spec.backends().destinations().get("audit"))
                .isEqualTo(new Destination.Kafka(
                        List.of("kafka-0:9092", "kafka-1:9092"),
                        "audit",
                        Destination.Kafka.Encoding.OTLP_JSON,
                        true,
                        List.of(Signal.LOGS)));
    }

    @Test
    void aDocumentOfTheCurrentVersionMustNotUseOldKeys() {
        assertThatThrownBy(
                        () -> documents.read(
                                "{\"apiVersion\": \"lightvessel.io/v1alpha2\", \"backends\": {\"logs\": {\"endpoint\": \"x\"}}}"))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("backends.logs: unknown key (expected: one of destinations, grafana)");
    }

    @Test
    void aDocumentOfNeitherFormIsRefused() {
        assertThatThrownBy(() -> documents.read("""
                        {"backends": {"logs": {"endpoint": "x"}, "destinations": {"logs": {"type": "LOKI"}}}}"""))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("backends.logs: unknown key (expected: one of destinations, grafana)");
    }

    @Test
    void aDestinationOfAnUnknownTypeIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> documents.read("{\"backends\": {\"destinations\": {\"x\": {\"type\": \"COBOL\"}}}}"))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("backends.destinations.x.type: COBOL (expected: one of PROMETHEUS, MIMIR, LOKI, TEMPO,"
                        + " PYROSCOPE, OTLP, DATADOG, ELASTICSEARCH, KAFKA)");
    }

    private static String text(String version, String name) throws IOException {
        return Files.readString(DOCUMENTS.resolve(version).resolve(name + ".json"));
    }
}
