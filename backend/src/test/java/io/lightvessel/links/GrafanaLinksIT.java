package io.lightvessel.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ControlPlaneTest
class GrafanaLinksIT {
    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private GrafanaLinks links;

    @Test
    void aClustersLinksOpenExploreWithItsQueries() {
        TestTenant tenant = tenants.create();
        List<GrafanaLink> found = tenant.call(() -> {
            Cluster cluster = clusters.create(new NewCluster("prod"));
            assertThat(links.forCluster(cluster, TimeRange.LAST_HOUR)).isEmpty();
            stacks.save(cluster, StackFixtures.demo(), 0, "");
            return links.forCluster(cluster, TimeRange.LAST_HOUR);
        });

        assertThat(found).extracting(GrafanaLink::kind).containsExactly(GrafanaLink.Kind.values());
        assertThat(found)
                .extracting(GrafanaLink::query)
                .containsExactly(
                        "count by (job) ({cluster=\"prod\"})",
                        "{k8s_cluster_name=\"prod\"}",
                        "{ resource.k8s.cluster.name = \"prod\" }");
        GrafanaLink traces = found.get(2);
        assertThat(traces.href()).startsWith("http://127.0.0.1:3000/explore?schemaVersion=1&panes=%7B");
        JsonNode pane = panes(traces).get("a");
        assertThat(pane.get("datasource").asString()).isEqualTo("tempo");
        assertThat(pane.get("queries").get(0).get("query").asString()).isEqualTo(traces.query());
        assertThat(pane.get("range").toString()).isEqualTo("{\"from\":\"now-1h\",\"to\":\"now\"}");
    }

    @Test
    void namesAreQuotedForEachLanguage() {
        TestTenant tenant = tenants.create();
        List<GrafanaLink> found = tenant.call(() -> {
            Cluster cluster = clusters.create(new NewCluster("prod"));
            stacks.save(cluster, StackFixtures.demo(), 0, "");
            return links.forService(cluster, "a.b\"c", TimeRange.LAST_HOUR);
        });

        assertThat(found)
                .extracting(GrafanaLink::query)
                .containsExactly(
                        "count by (__name__) ({cluster=\"prod\", job=~\"(.+/)?a\\\\.b\\\"c\"})",
                        "{k8s_cluster_name=\"prod\", service_name=\"a.b\\\"c\"}",
                        "{ resource.k8s.cluster.name = \"prod\" && resource.service.name = \"a.b\\\"c\" }");
    }

    private static JsonNode panes(GrafanaLink link) {
        String query = URI.create(link.href()).getRawQuery();
        String panes = query.replaceAll(".*&panes=([^&]*)&.*", "$1");
        return new JsonMapper().readTree(URLDecoder.decode(panes, StandardCharsets.UTF_8));
    }
}
