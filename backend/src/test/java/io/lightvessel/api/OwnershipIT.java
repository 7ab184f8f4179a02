package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.audit.AuditEntry;
import io.lightvessel.audit.AuditFilter;
import io.lightvessel.audit.AuditLog;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackService;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

@ControlPlaneTest
class OwnershipIT {
    private static final String GIT = "managedBy=git:https://git.example/fleet/prod.yaml";
    private static final String STACK = """
            {"backends": {"destinations": {"traces": {"type": "TEMPO", "endpoint": "tempo:4317"}}}}""";
    private static final String BLUEPRINT = "{\"spec\": " + STACK + "}";

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

    @Autowired
    private AuditLog log;

    private TestTenant tenant;
    private Cluster cluster;

    /** A write, and whether it was refused because of who owns what it writes. */
    private record Write(
            String method,
            String path,
            @Nullable String ifMatch,
            @Nullable String body) {}

    @BeforeEach
    void aStackAndABlueprintThatGitOwns() {
        tenant = tenants.create();
        cluster = tenant.call(() -> clusters.create(new NewCluster("prod")));
        send(new Write("PUT", "/clusters/prod/stack?" + GIT, "\"0\"", STACK), 200);
        send(new Write("POST", "/blueprints?" + GIT, null, "{\"slug\": \"base\", \"spec\": " + STACK + "}"), 201);
    }

    @Test
    void whoOwnsItIsSaidWithTheResource() {
        for (String path : List.of("/clusters/prod/stack", "/blueprints/base")) {
            rest.get()
                    .uri(tenant.path(path))
                    .header("Authorization", tenant.bearer())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.managedBy.kind")
                    .isEqualTo("GIT")
                    .jsonPath("$.managedBy.ref")
                    .isEqualTo("https://git.example/fleet/prod.yaml");
        }
    }

    @Test
    void everyOtherWriterIsRefusedAndToldByWhomAndTheWayOut() {
        for (Write write : writes()) {
            String separator = write.path().contains("?") ? "&" : "?";
            for (String as : List.of("", "managedBy=terraform:fleet", "validateOnly=true")) {
                String path = write.path() + (as.isEmpty() ? "" : separator + as);
                String problem = send(new Write(write.method(), path, write.ifMatch(), write.body()), 409);
                assertThat(problem)
                        .as(path)
                        .contains("\"code\":\"stack_managed\"")
                        .contains("is managed by Git (https://git.example/fleet/prod.yaml) and is changed there.")
                        .contains("take it over: force=true");
            }
        }
        assertThat(tenant.call(() -> stacks.current(cluster.id())).orElseThrow().number())
                .isEqualTo(1);
    }

    @Test
    void theOwnerGoesOnWriting() {
        send(new Write("PUT", "/clusters/prod/stack?" + GIT, "\"1\"", STACK), 200);
        send(new Write("PUT", "/blueprints/base?" + GIT, "\"1\"", BLUEPRINT), 200);
        assertThat(actions()).doesNotContain("stack.take_over", "blueprint.take_over");
    }

    @Test
    void whoeverTakesItOverOwnsItAndThatIsInTheAuditLog() {
        send(new Write("PUT", "/clusters/prod/stack?force=true&managedBy=terraform:fleet", "\"1\"", STACK), 200);
        send(new Write("PUT", "/clusters/prod/stack?" + GIT, "\"2\"", STACK), 409);
        AuditEntry taken = entries().stream()
                .filter(entry -> entry.action().equals("stack.take_over"))
                .findFirst()
                .orElseThrow();
        assertThat(taken.target()).isEqualTo("cluster/prod/stack");
        assertThat(taken.before()).contains("git:https://git.example/fleet/prod.yaml");
        assertThat(taken.after()).contains("terraform:fleet");
    }

    @Test
    void whatPeopleTookOverIsTheirsAndNotTheToolsUntilItTakesItOverAgain() {
        send(new Write("POST", "/clusters/prod/stack:release", null, null), 204);
        send(new Write("POST", "/blueprints/base:release", null, null), 204);
        send(new Write("PUT", "/clusters/prod/stack", "\"1\"", STACK), 200);
        send(new Write("PUT", "/blueprints/base", "\"1\"", BLUEPRINT), 200);
        assertThat(actions()).contains("stack.take_over", "blueprint.take_over");
        assertThat(send(new Write("PUT", "/clusters/prod/stack?" + GIT, "\"2\"", STACK), 409))
                .contains("The stack of prod is managed by people (token:");
        // They own it already, so nothing is left to be told.
        long told = actions().stream().filter("stack.take_over"::equals).count();
        send(new Write("POST", "/clusters/prod/stack:release", null, null), 204);
        assertThat(actions().stream().filter("stack.take_over"::equals)).hasSize((int) told);
        send(new Write("PUT", "/clusters/prod/stack?force=true&" + GIT, "\"2\"", STACK), 200);
    }

    @Test
    void aRefusedTakeOverLeavesTheOwner() {
        send(new Write("PUT", "/clusters/prod/stack?force=true", "\"7\"", STACK), 412);
        send(new Write("PUT", "/clusters/prod/stack", "\"1\"", STACK), 409);
        send(new Write("PUT", "/clusters/prod/stack?force=true&managedBy=jenkins:x", "\"1\"", STACK), 422);
        send(new Write("PUT", "/clusters/prod/stack?force=true&managedBy=git:", "\"1\"", STACK), 422);
    }

    @Test
    void whatAToolWritesMayFollowABlueprintThatPeopleChange() {
        send(new Write("POST", "/blueprints/base:release", null, null), 204);
        send(new Write("PUT", "/clusters/prod/stack/inheritance?" + GIT, "\"1\"", "{\"blueprint\": \"base\"}"), 200);
        send(new Write("PUT", "/blueprints/base", "\"1\"", BLUEPRINT.replace("tempo:", "other:")), 200);
        assertThat(tenant.call(() -> stacks.current(cluster.id())).orElseThrow().number())
                .isEqualTo(3);
    }

    @Test
    void ofTwoToolsThatClaimAtOnceOneOwnsIt() throws Exception {
        tenant.call(() -> clusters.create(new NewCluster("fresh")));
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String tool : List.of("git:a", "terraform:b")) {
                results.add(pool.submit(() -> {
                    go.await();
                    return status(new Write("PUT", "/clusters/fresh/stack?managedBy=" + tool, "\"0\"", STACK));
                }));
            }
            go.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> result : results) {
            statuses.add(result.get());
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnlyOnce(409);
    }

    /** One of each kind that the API has. */
    private List<Write> writes() {
        String draft = tenant.call(() -> drafts.create(cluster, StackFixtures.demo(), 1, "x"))
                .id()
                .toString();
        return List.of(
                new Write("PUT", "/clusters/prod/stack", "\"1\"", STACK),
                new Write("POST", "/clusters/prod/stack/drafts/" + draft + ":publish", "\"0\"", null),
                new Write("POST", "/clusters/prod/stack/revisions/1:restore", "\"1\"", null),
                new Write("PUT", "/clusters/prod/stack/inheritance", "\"1\"", "{\"blueprint\": \"base\"}"),
                new Write("PUT", "/blueprints/base", "\"1\"", BLUEPRINT),
                new Write("DELETE", "/blueprints/base", "\"1\"", null));
    }

    private List<String> actions() {
        return entries().stream().map(AuditEntry::action).toList();
    }

    private List<AuditEntry> entries() {
        return tenant.call(() -> log.list(AuditFilter.ALL, PageRequest.FIRST)).items();
    }

    private int status(Write write) {
        return exchange(write).getStatus().value();
    }

    private String send(Write write, int expected) {
        EntityExchangeResult<String> result = exchange(write);
        assertThat(result.getStatus().value())
                .as("%s: %s", write, result.getResponseBody())
                .isEqualTo(expected);
        return String.valueOf(result.getResponseBody());
    }

    private EntityExchangeResult<String> exchange(Write write) {
        RestTestClient.RequestBodySpec request = rest.method(HttpMethod.valueOf(write.method()))
                .uri(tenant.path(write.path()))
                .header("Authorization", tenant.bearer());
        if (write.ifMatch() != null) {
            request.header("If-Match", write.ifMatch());
        }
        if (write.body() != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(write.body());
        }
        return request.exchange().returnResult(String.class);
    }
}
