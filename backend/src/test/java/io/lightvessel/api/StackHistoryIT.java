package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Differences, restoring, drafts, and two people who save at once. */
@ControlPlaneTest
class StackHistoryIT {
    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private DraftService drafts;

    private TestTenant tenant;
    private Cluster cluster;

    @BeforeEach
    void aSavedStack() {
        tenant = tenants.create();
        cluster = tenant.call(() -> clusters.create(new NewCluster("prod")));
        send("PUT", "/stack?message=first", "\"0\"", stack(6)).expectStatus().isOk();
    }

    @Test
    void twoRevisionsAreComparedByValueAndByText() {
        send("PUT", "/stack", "\"1\"", stack(9).replace("tempo", "other"))
                .expectStatus()
                .isOk();

        send("GET", "/stack/revisions/2/diff", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.from")
                .isEqualTo(1)
                .jsonPath("$.changes[?(@.pointer == '/gateway/scaling/maxReplicas')].before")
                .isEqualTo(6)
                .jsonPath("$.changes[?(@.pointer == '/gateway/scaling/maxReplicas')].after")
                .isEqualTo(9)
                .jsonPath("$.changes.length()")
                .isEqualTo(2)
                .jsonPath("$.files[0].name")
                .isEqualTo("gateway.yaml")
                .jsonPath("$.files[0].unifiedDiff")
                .value(
                        String.class,
                        diff -> assertThat(diff)
                                .contains("-    endpoint: tempo:4317")
                                .contains("+    endpoint: other:4317"));
        send("GET", "/stack/revisions/2/diff?against=0", null, null)
                .expectBody()
                .jsonPath("$.changes[?(@.pointer == '/backends/destinations/traces/endpoint')].after")
                .isEqualTo("other:4317");
        send("GET", "/stack/revisions/9/diff", null, null).expectStatus().isNotFound();
    }

    @Test
    void anyTwoStacksAreCompared() {
        String draft = createDraft(1, stack(7));
        String changed = "$.changes[?(@.pointer == '/gateway/scaling/maxReplicas')]";
        send("POST", "/stack:diff", null, stack(9))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.from")
                .isEqualTo("1")
                .jsonPath("$.to")
                .isEqualTo("given")
                .jsonPath(changed + ".before")
                .isEqualTo(6)
                .jsonPath(changed + ".after")
                .isEqualTo(9);
        send("POST", "/stack:diff?from=draft:" + draft + "&to=given", null, stack(9))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.from")
                .isEqualTo("draft:" + draft)
                .jsonPath("$.changes.length()")
                .isEqualTo(1)
                .jsonPath(changed + ".before")
                .isEqualTo(7);
        send("POST", "/stack:diff?from=0&to=latest", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.files[0].unifiedDiff")
                .value(String.class, diff -> assertThat(diff).contains("+    endpoint: tempo:4317"));
        send("POST", "/stack:diff", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.changes.length()")
                .isEqualTo(0);
        assertThat(latest().number()).isEqualTo(1);
    }

    @Test
    void whatIsMeantByNoStackIsSaid() {
        send("POST", "/stack:diff?to=given", null, null).expectStatus().isBadRequest();
        send("POST", "/stack:diff?from=newest", null, null).expectStatus().isBadRequest();
        send("POST", "/stack:diff?from=draft:x", null, null).expectStatus().isBadRequest();
        send("POST", "/stack:diff?from=9", null, null).expectStatus().isNotFound();
        send("POST", "/stack:explain?of=draft:" + new UUID(1, 2), null, null)
                .expectStatus()
                .isNotFound();
        send("POST", "/stack:diff", null, stack(9).replace("\"maxReplicas\": 9", "\"maxReplicas\": -1"))
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void everyValueOfAStackIsExplainedAsIfItWereSaved() {
        String values = "$.values[?(@.pointer == '%s')].origin.kind";
        for (String body : new String[] {null, stack(9)}) {
            send("POST", "/stack:explain", null, body)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.of")
                    .isEqualTo(body == null ? "1" : "given")
                    .jsonPath("$.values[?(@.pointer == '/backends/destinations/traces/endpoint')].value")
                    .isEqualTo("tempo:4317")
                    .jsonPath(values.formatted("/backends/destinations/traces/endpoint"))
                    .isEqualTo("CLUSTER")
                    .jsonPath(values.formatted("/gateway/serviceName"))
                    .isEqualTo("DEFAULT");
        }
        assertThat(latest().number()).isEqualTo(1);
    }

    @Test
    void anEarlierRevisionIsRestoredAsANewOne() {
        send("PUT", "/stack", "\"1\"", stack(9)).expectStatus().isOk();

        send("POST", "/stack/revisions/1:restore", "\"2\"", null)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"3\"")
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo("Restore revision 1")
                .jsonPath("$.spec.gateway.scaling.maxReplicas")
                .isEqualTo(6);
        send("POST", "/stack/revisions/1:restore", "\"2\"", null).expectStatus().isEqualTo(412);
        send("POST", "/stack/revisions/1:restore", null, null).expectStatus().isEqualTo(428);
    }

    @Test
    void aDraftGathersEditsUntilItIsSaved() {
        String id = createDraft(1, stack(7));
        send("PUT", "/stack/drafts/" + id + "?base=1&message=both", "\"0\"", stack(8))
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"");
        send("PUT", "/stack/drafts/" + id + "?base=1", "\"0\"", stack(9))
                .expectStatus()
                .isEqualTo(412);
        assertThat(latest().number()).isEqualTo(1);

        send("POST", "/stack/drafts/" + id + ":publish", "\"1\"", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.revision")
                .isEqualTo(2)
                .jsonPath("$.message")
                .isEqualTo("both")
                .jsonPath("$.spec.gateway.scaling.maxReplicas")
                .isEqualTo(8);
        send("GET", "/stack/drafts/" + id, null, null).expectStatus().isNotFound();
    }

    @Test
    void aDraftThatWasOvertakenStaysAndIsMerged() {
        String id = createDraft(1, stack(8));
        send("PUT", "/stack", "\"1\"", stack(6).replace("tempo", "other"))
                .expectStatus()
                .isOk();

        send("POST", "/stack/drafts/" + id + ":publish", "\"0\"", null)
                .expectStatus()
                .isEqualTo(412);
        send("GET", "/stack/drafts/" + id + "/merge", null, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.base")
                .isEqualTo(1)
                .jsonPath("$.current")
                .isEqualTo(2)
                .jsonPath("$.merged.gateway.scaling.maxReplicas")
                .isEqualTo(8)
                .jsonPath("$.merged.backends.destinations.traces.endpoint")
                .isEqualTo("other:4317")
                .jsonPath("$.values[?(@.conflict == true)]")
                .isEmpty();
    }

    @Test
    void aDraftThatIsWrongIsKeptButNotSaved() {
        String id = createDraft(1, stack(1));
        send("POST", "/stack/drafts/" + id + ":publish", "\"0\"", null)
                .expectStatus()
                .isEqualTo(422);
        send("GET", "/stack/drafts/" + id, null, null).expectStatus().isOk();
        send("DELETE", "/stack/drafts/" + id, "\"0\"", null).expectStatus().isNoContent();
    }

    @Test
    void ofPeopleWhoSaveAtOnceOneWinsAndTheOthersWorkIsKept() throws Exception {
        int people = 6;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(people)) {
            for (int i = 0; i < people; i++) {
                String mine = stack(10 + i);
                results.add(executor.submit(() -> {
                    start.await();
                    return send("PUT", "/stack", "\"1\"", mine)
                            .returnResult(String.class)
                            .getStatus()
                            .value();
                }));
            }
            start.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> result : results) {
            statuses.add(result.get());
        }

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        List<Draft> kept =
                tenant.call(() -> drafts.list(cluster, PageRequest.FIRST)).items();
        List<Integer> everything = new ArrayList<>(kept.stream()
                .map(draft -> draft.spec().gateway().scaling().maxReplicas())
                .toList());
        everything.add(latest().spec().gateway().scaling().maxReplicas());
        assertThat(everything).containsExactlyInAnyOrder(10, 11, 12, 13, 14, 15);
    }

    @Test
    void whoComesSecondIsToldWhereTheirWorkIsAndRepeatingItKeepsItOnce() {
        send("PUT", "/stack", "\"1\"", stack(9)).expectStatus().isOk();
        for (int i = 0; i < 2; i++) {
            send("PUT", "/stack", "\"1\"", stack(8))
                    .expectStatus()
                    .isEqualTo(412)
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(
                            String.class,
                            detail -> assertThat(detail)
                                    .contains("is at revision 2, your change started from 1")
                                    .contains("It is kept as draft "));
        }
        assertThat(tenant.call(() -> drafts.list(cluster, PageRequest.FIRST)).items())
                .hasSize(1);
    }

    @Test
    void anotherTenantsDraftIsNotThere() {
        String id = createDraft(1, stack(7));
        TestTenant other = tenants.create();
        other.run(() -> clusters.create(new NewCluster("prod")));
        rest.get()
                .uri(other.path("/clusters/prod/stack/drafts/" + id))
                .header("Authorization", other.bearer())
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private String createDraft(int base, String document) {
        createdDraft(base, document);
        return tenant.call(() -> drafts.list(cluster, PageRequest.FIRST))
                .items()
                .getLast()
                .id()
                .toString();
    }

    private void createdDraft(int base, String document) {
        send("POST", "/stack/drafts?base=" + base, null, document)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("ETag", "\"0\"");
    }

    private StackRevision latest() {
        return tenant.call(() -> stacks.current(cluster.id()).orElseThrow());
    }

    private static String stack(int maxReplicas) {
        return """
                {"gateway": {"scaling": {"maxReplicas": %d}},
                 "backends": {"destinations": {"traces": {"type": "TEMPO", "endpoint": "tempo:4317"}}}}""".formatted(maxReplicas);
    }

    private RestTestClient.ResponseSpec send(String method, String path, String ifMatch, String body) {
        RestTestClient.RequestBodySpec request = rest.method(HttpMethod.valueOf(method))
                .uri(tenant.path("/clusters/prod" + path))
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
