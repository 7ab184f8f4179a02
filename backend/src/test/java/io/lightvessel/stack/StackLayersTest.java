package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StackLayersTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final StackDocument documents = new StackDocument();

    @Test
    void eachValueSaysWhichLayerSetItLast() {
        BlueprintRevision blueprint = blueprint(
                """
                {"gateway": {"scaling": {"maxReplicas": 9, "minReplicas": 3}},
                 "backends": {"destinations": {"logs": {"type": "LOKI", "endpoint": "http://loki/otlp", "tenant": "all"}}}}""",
                new BlueprintContent.Override(
                        "prod",
                        new BlueprintContent.Selector("production", Map.of("tier", "gold")),
                        object("{\"gateway\": {\"scaling\": {\"maxReplicas\": 20}}}")));

        Map<String, Origin> origins = origins(
                blueprint,
                new ClusterTraits("production", Map.of("tier", "gold", "region", "eu")),
                "{\"backends\": {\"destinations\": {\"logs\": {\"tenant\": \"shop\"}}}}");

        assertThat(origins)
                .containsEntry("/gateway/scaling/minReplicas", new Origin(Origin.Kind.BLUEPRINT, "base", 7, null))
                .containsEntry("/gateway/scaling/maxReplicas", new Origin(Origin.Kind.LABELS, "base", 7, "prod"))
                .containsEntry("/backends/destinations/logs/tenant", Origin.CLUSTER)
                .containsEntry(
                        "/backends/destinations/logs/endpoint", new Origin(Origin.Kind.BLUEPRINT, "base", 7, null))
                .containsEntry("/gateway/serviceName", Origin.DEFAULT)
                .doesNotContainKey("/gateway");
        assertThat(origins.get("/gateway/scaling/minReplicas").words()).isEqualTo("blueprint base revision 7");
    }

    @Test
    void anOverrideForOtherClustersDoesNothing() {
        BlueprintRevision blueprint = blueprint(
                "{\"gateway\": {\"replicas\": 3}}",
                new BlueprintContent.Override(
                        "prod",
                        new BlueprintContent.Selector(null, Map.of("tier", "gold")),
                        object("{\"gateway\": {\"replicas\": 5}}")));

        assertThat(origins(blueprint, new ClusterTraits("", Map.of("tier", "silver")), "{}"))
                .containsEntry("/gateway/replicas", new Origin(Origin.Kind.BLUEPRINT, "base", 7, null));
    }

    @Test
    void whatIsReplacedAsAWholeForgetsWhoSetItsParts() {
        BlueprintRevision blueprint = blueprint("""
                {"backends": {"destinations": {"logs": {"type": "LOKI", "endpoint": "http://loki/otlp", "tenant": "all"}}}}""");

        Map<String, Origin> origins = origins(blueprint, new ClusterTraits("", Map.of()), """
                {"backends": {"destinations": {"logs": {"type": "OTLP", "endpoint": "o:1"}}}}""");

        assertThat(origins)
                .containsEntry("/backends/destinations/logs/endpoint", Origin.CLUSTER)
                .containsEntry("/backends/destinations/logs/protocol", Origin.DEFAULT)
                .doesNotContainKey("/backends/destinations/logs/tenant");
    }

    private Map<String, Origin> origins(BlueprintRevision blueprint, ClusterTraits cluster, String override) {
        StackLayers layers = StackLayers.of(blueprint, cluster).add(Origin.CLUSTER, object(override));
        return layers.origins(documents.tree(documents.bind(layers.document())));
    }

    private static BlueprintRevision blueprint(String spec, BlueprintContent.Override... overrides) {
        return new BlueprintRevision(
                "base", 7, "user:a", "", Instant.EPOCH, new BlueprintContent(object(spec), List.of(overrides)));
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) JSON.readTree(text);
    }
}
