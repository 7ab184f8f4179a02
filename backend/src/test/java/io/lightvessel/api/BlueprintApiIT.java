package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ControlPlaneTest
class BlueprintApiIT {
    private static final String SPEC = """
            {"gateway": {"scaling": {"maxReplicas": 9}},
             "backends": {"destinations": {"traces": {"type": "TEMPO", "endpoint": "tempo:4317"}}}}""";

    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    private TestTenant tenant;

    @BeforeEach
    void aBlueprintAndTwoClusters() {
        tenant = tenants.create();
        tenant.run(() -> {
            clusters.create(new NewCluster("prod", "Prod", "production", Map.of("tier", "gold")));
            clusters.create(new NewCluster("test"));
        });
        send(
                        "POST",
                        "/blueprints?message=first",
                        null,
                        "{\"slug\": \"base\", \"name\": \"Base\", \"spec\": " + SPEC + "}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", tenant.path("/blueprints/base"))
                .expectHeader()
                .valueEquals("ETag", "\"1\"");
    }

    @Test
    void aFollowingClusterGetsARevisionWithTheBlueprintsAndAPinnedOneDoesNot() {
        inherit("prod", "{\"blueprint\": \"base\", \"override\": {\"gateway\": {\"replicas\": 4}}}");
        inherit("test", "{\"blueprint\": \"base\", \"pinned\": 1}");

        send(
                        "PUT",
                        "/blueprints/base?message=more",
                        "\"1\"",
                        "{\"spec\": " + SPEC.replace("9", "12") + ", \"overrides\": [{\"name\": \"gold\","
                                + " \"selector\": {\"labels\": {\"tier\": \"gold\"}}, \"spec\": {\"collector\":"
                                + " {\"podLogs\": {\"enabled\": false}}}}]}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectBody()
                .jsonPath("$.clusters")
                .isEqualTo("prod");

        StackRevision prod = current("prod");
        assertThat(prod.number()).isEqualTo(2);
        assertThat(prod.message()).isEqualTo("Blueprint base revision 2: more");
        assertThat(prod.author()).startsWith("token:");
        assertThat(prod.spec().gateway().scaling().maxReplicas()).isEqualTo(12);
        assertThat(prod.spec().gateway().replicas()).isEqualTo(4);
        assertThat(prod.spec().collector().podLogs().enabled()).isFalse();
        assertThat(current("test").number()).isEqualTo(1);
        assertThat(current("test").spec().gateway().scaling().maxReplicas()).isEqualTo(9);
    }

    @Test
    void whereValuesComeFromIsSaid() {
        inherit("prod", "{\"blueprint\": \"base\", \"override\": {\"gateway\": {\"replicas\": 4}}}");

        send("GET", "/clusters/prod/stack/revisions/1/provenance", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.values[?(@.pointer == '/gateway/scaling/maxReplicas')].origin.blueprint")
                .isEqualTo("base")
                .jsonPath("$.values[?(@.pointer == '/gateway/scaling/maxReplicas')].origin.revision")
                .isEqualTo(1)
                .jsonPath("$.values[?(@.pointer == '/gateway/replicas')].origin.kind")
                .isEqualTo("CLUSTER")
                .jsonPath("$.values[?(@.pointer == '/gateway/serviceName')].origin.kind")
                .isEqualTo("DEFAULT");
    }

    @Test
    void whatIsNotSavedYetIsExplainedWithTheBlueprint() {
        inherit("prod", "{\"blueprint\": \"base\"}");
        String kind = "$.values[?(@.pointer == '/gateway/scaling/%s')].origin.kind";
        send(
                        "POST",
                        "/clusters/prod/stack:explain",
                        null,
                        SPEC.replace("\"maxReplicas\": 9", "\"maxReplicas\": 9, \"minReplicas\": 3"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.inheritance.blueprint")
                .isEqualTo("base")
                .jsonPath(kind.formatted("maxReplicas"))
                .isEqualTo("BLUEPRINT")
                .jsonPath("$.values[?(@.pointer == '/gateway/scaling/maxReplicas')].words")
                .isEqualTo("blueprint base revision 1")
                .jsonPath(kind.formatted("minReplicas"))
                .isEqualTo("CLUSTER");
    }

    @Test
    void savingAWholeStackKeepsWhatIsInheritedAndTakesTheRestAsTheClustersOwn() {
        inherit("prod", "{\"blueprint\": \"base\"}");

        send(
                        "PUT",
                        "/clusters/prod/stack",
                        "\"1\"",
                        SPEC.replace("\"maxReplicas\": 9", "\"maxReplicas\": 9, \"minReplicas\": 3"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.inheritance.blueprint")
                .isEqualTo("base")
                .jsonPath("$.inheritance.override.gateway.scaling.minReplicas")
                .isEqualTo(3)
                .jsonPath("$.inheritance.override.gateway.scaling.maxReplicas")
                .doesNotExist();

        send("PUT", "/blueprints/base", "\"1\"", "{\"spec\": " + SPEC.replace("9", "12") + "}")
                .expectStatus()
                .isOk();
        assertThat(current("prod").spec().gateway().scaling().minReplicas()).isEqualTo(3);
        assertThat(current("prod").spec().gateway().scaling().maxReplicas()).isEqualTo(12);
    }

    @Test
    void aChangeThatWouldBreakAFollowerIsRefusedAndChangesNothing() {
        inherit("prod", "{\"blueprint\": \"base\", \"override\": {\"gateway\": {\"scaling\": {\"minReplicas\": 5}}}}");
        inherit("test", "{\"blueprint\": \"base\"}");

        String smaller = "{\"spec\": " + SPEC.replace("9", "4") + "}";
        for (String query : new String[] {"?validateOnly=true", ""}) {
            send("PUT", "/blueprints/base" + query, "\"1\"", smaller)
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("blueprint_invalid")
                    .jsonPath("$.detail")
                    .isEqualTo("Nothing is saved, since clusters that follow would break. cluster prod:"
                            + " gateway.scaling.maxReplicas: 4 (expected: >= minReplicas 5)");
        }
        assertThat(current("test").number()).isEqualTo(1);
        send("GET", "/blueprints/base", null, null).expectHeader().valueEquals("ETag", "\"1\"");
    }

    @Test
    void aDryRunNamesTheClustersAndSavesNothing() {
        inherit("prod", "{\"blueprint\": \"base\"}");

        send("PUT", "/blueprints/base?validateOnly=true", null, "{\"spec\": " + SPEC.replace("9", "12") + "}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.blueprint.revision")
                .isEqualTo(2)
                .jsonPath("$.clusters[0]")
                .isEqualTo("prod");
        assertThat(current("prod").number()).isEqualTo(1);
    }

    @Test
    void aDetachedClusterKeepsItsStackAndFollowsNoMore() {
        inherit("prod", "{\"blueprint\": \"base\"}");
        send("DELETE", "/clusters/prod/stack/inheritance?message=alone", "\"1\"", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.inheritance")
                .doesNotExist()
                .jsonPath("$.spec.gateway.scaling.maxReplicas")
                .isEqualTo(9);

        send("PUT", "/blueprints/base", "\"1\"", "{\"spec\": " + SPEC.replace("9", "12") + "}")
                .expectStatus()
                .isOk();
        assertThat(current("prod").number()).isEqualTo(2);
        send("DELETE", "/clusters/prod/stack/inheritance", "\"2\"", null)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aBlueprintThatAHistoryRefersToStays() {
        inherit("prod", "{\"blueprint\": \"base\"}");
        send("DELETE", "/blueprints/base", "\"1\"", null)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("blueprint_in_use");
        send("POST", "/blueprints", null, "{\"slug\": \"unused\"}")
                .expectStatus()
                .isCreated();
        send("DELETE", "/blueprints/unused", "\"1\"", null).expectStatus().isNoContent();
    }

    @Test
    void whatIsWrongIsRefusedWithItsPlace() {
        send("POST", "/blueprints", null, "{\"slug\": \"base\"}").expectStatus().isEqualTo(409);
        send("POST", "/blueprints", null, "{\"slug\": \"Bad Slug\"}")
                .expectStatus()
                .isEqualTo(422);
        send("POST", "/blueprints", null, "{\"slug\": \"x\", \"spec\": {\"gatway\": {}}}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/spec/gatway");
        send("PUT", "/blueprints/base", null, "{\"spec\": {}}").expectStatus().isEqualTo(428);
        send("PUT", "/blueprints/base", "\"7\"", "{\"spec\": {}}")
                .expectStatus()
                .isEqualTo(412);
        send("PUT", "/blueprints/none", "\"1\"", "{\"spec\": {}}")
                .expectStatus()
                .isNotFound();
        send("PUT", "/clusters/prod/stack/inheritance", "\"0\"", "{\"blueprint\": \"none\"}")
                .expectStatus()
                .isNotFound();
        send("PUT", "/clusters/prod/stack/inheritance", "\"0\"", "{\"blueprint\": \"base\", \"pinned\": 9}")
                .expectStatus()
                .isNotFound();
    }

    @Test
    void anotherTenantSeesNoneOfIt() {
        TestTenant other = tenants.create();
        rest.get()
                .uri(other.path("/blueprints"))
                .header("Authorization", other.bearer())
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
        rest.get()
                .uri(other.path("/blueprints/base"))
                .header("Authorization", other.bearer())
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void listsGoOnByToken() {
        send("POST", "/blueprints", null, "{\"slug\": \"zoo\"}").expectStatus().isCreated();
        inherit("prod", "{\"blueprint\": \"base\"}");
        inherit("test", "{\"blueprint\": \"base\"}");

        for (String list : new String[] {"/blueprints", "/blueprints/base/clusters"}) {
            String token = send("GET", list + "?pageSize=1", null, null)
                    .returnResult(Map.class)
                    .getResponseBody()
                    .get("nextPageToken")
                    .toString();
            send("GET", list + "?pageSize=1&pageToken=" + token, null, null)
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.nextPageToken")
                    .doesNotExist();
        }
    }

    /** Of an edit of the cluster and one of its blueprint at the same moment both are in the end there, or one was refused. */
    @Test
    void anEditOfAClusterIsNotLostToOneOfItsBlueprint() throws Exception {
        inherit("prod", "{\"blueprint\": \"base\"}");
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<Integer> cluster = both.submit(() -> {
                start.await();
                return status(
                        "PUT",
                        "/clusters/prod/stack",
                        "\"1\"",
                        SPEC.replace("\"maxReplicas\": 9", "\"maxReplicas\": 9, \"minReplicas\": 3"));
            });
            Future<Integer> blueprint = both.submit(() -> {
                start.await();
                return status("PUT", "/blueprints/base", "\"1\"", "{\"spec\": " + SPEC.replace("9", "12") + "}");
            });
            start.countDown();
            boolean edited = cluster.get() == 200;
            boolean carried = blueprint.get() == 200;

            assertThat(edited || carried).isTrue();
            assertThat(cluster.get()).isIn(200, 412);
            assertThat(blueprint.get()).isIn(200, 412);
            assertThat(current("prod").spec().gateway().scaling().minReplicas()).isEqualTo(edited ? 3 : 2);
            assertThat(current("prod").spec().gateway().scaling().maxReplicas()).isEqualTo(carried ? 12 : 9);
        }
    }

    private void inherit(String cluster, String document) {
        send("PUT", "/clusters/%s/stack/inheritance".formatted(cluster), "\"0\"", document)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"");
    }

    private StackRevision current(String cluster) {
        return tenant.call(() -> stacks.current(clusters.get(cluster).id()).orElseThrow());
    }

    private int status(String method, String path, String ifMatch, String body) {
        return send(method, path, ifMatch, body)
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    private RestTestClient.ResponseSpec send(String method, String path, String ifMatch, String body) {
        RestTestClient.RequestBodySpec request = rest.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri(tenant.path(path))
                .header("Authorization", tenant.bearer());
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return request.exchange();
    }
}
