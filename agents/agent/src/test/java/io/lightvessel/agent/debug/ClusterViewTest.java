package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.OwnershipView;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClusterViewTest {
    private static final MemberId A = new MemberId(1, 1);
    private static final MemberId B = new MemberId(2, 2);

    private static OwnershipView.Target target(long hash, MemberId owner, MemberId to) {
        return new OwnershipView.Target(
                new TargetKey("node", hash), owner, to, Instant.parse("2026-11-27T10:00:00Z"), 4, 12, B);
    }

    private static JsonNode shown(boolean withTargets) {
        List<OwnershipView.Target> all = List.of(target(3, A, null), target(1, A, B), target(2, null, null));
        OwnershipView view = new OwnershipView(
                7,
                2,
                "member",
                "",
                List.of(
                        new OwnershipView.Replica(A, "gw-1", "10.0.0.1:7800", true, true, 2, 24),
                        new OwnershipView.Replica(B, "gw-2", "10.0.0.2:7800", false, false, 0, 0)),
                Map.of(
                        all.get(0).key(),
                        all.get(0),
                        all.get(1).key(),
                        all.get(1),
                        all.get(2).key(),
                        all.get(2)));
        ClusterView shown = new ClusterView(() -> List.of(view));
        return JsonMapper.shared()
                .readTree(Json.text(json -> shown.write(json, withTargets)))
                .path("clusters")
                .get(0);
    }

    @Test
    void whoOwnsWhatIsListedByKey() {
        JsonNode cluster = shown(true);
        assertThat(cluster.path("targets")
                        .valueStream()
                        .map(each -> each.path("hash").asString()))
                .containsExactly("0000000000000001", "0000000000000002", "0000000000000003");
        JsonNode moving = cluster.path("targets").get(0);
        assertThat(moving.path("owner").asString()).isEqualTo("gw-1");
        assertThat(moving.path("movingTo").asString()).isEqualTo("gw-2");
        assertThat(moving.path("ifOwnerLeft").asString()).isEqualTo("gw-2");
        assertThat(cluster.path("targets").get(1).path("owner").isNull()).isTrue();
    }

    @Test
    void thePageIsContentWithHowManyThereAre() {
        JsonNode cluster = shown(false);
        assertThat(cluster.has("targets")).isFalse();
        assertThat(cluster.path("targetCounts").path("known").asInt()).isEqualTo(3);
        assertThat(cluster.path("targetCounts").path("unowned").asInt()).isEqualTo(1);
        assertThat(cluster.path("targetCounts").path("moving").asInt()).isEqualTo(1);
        assertThat(cluster.path("replicas").get(0).path("coordinator").asBoolean())
                .isTrue();
        assertThat(cluster.path("view").asLong()).isEqualTo(7);
    }
}
