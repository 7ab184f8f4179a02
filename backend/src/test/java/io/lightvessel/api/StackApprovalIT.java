package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.access.NewMember;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.FleetFixture.Home;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.ApprovalRule;
import io.lightvessel.stack.BlueprintDocument;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.Writer;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** Revisions that wait for somebody else: who may decide, what agents run meanwhile, and the ways past it that there are not. */
@ControlPlaneTest
class StackApprovalIT {
    @Autowired
    private RestTestClient rest;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private FleetFixture fleet;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Members members;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private StackApprovals approvals;

    @Autowired
    private DraftService drafts;

    @Autowired
    private BlueprintService blueprints;

    @Autowired
    private InheritanceService inheritances;

    private TestTenant tenant;
    private Cluster cluster;
    private String ada;
    private String bob;

    /** Revision 1 runs; from then on an editor has to agree. */
    @BeforeEach
    void approvalIsAskedFor() {
        tenant = tenants.create();
        cluster = tenant.call(() -> clusters.create(new NewCluster("prod")));
        ada = tenant.bearer();
        bob = bearer("bob", Role.EDITOR);
        send(ada, "PUT", "/clusters/prod/stack", "\"0\"", stack(6))
                .expectStatus()
                .isOk();
        ask("EDITOR", 0);
    }

    @Test
    void whatWaitsIsNotWhatAgentsShouldRunUntilSomebodyElseApproves() {
        save(ada, 1, 7)
                .expectBody()
                .jsonPath("$.approval.state")
                .isEqualTo("PENDING")
                .jsonPath("$.approval.authors[0]")
                .isEqualTo("user:ada");
        expectDesired(2, 1, 6);

        decide(ada, 2, "approve", null, 403)
                .jsonPath("$.code")
                .isEqualTo("approval_own")
                .jsonPath("$.detail")
                .isEqualTo("Revision 2 is the work of user:ada. Somebody else has to approve it.");
        expectDesired(2, 1, 6);

        decide(bob, 2, "approve", "{\"reason\":\"seen\"}", 200)
                .jsonPath("$.approval.state")
                .isEqualTo("APPROVED")
                .jsonPath("$.approval.reason")
                .isEqualTo("seen");
        expectDesired(2, 2, 7);
        decide(bob, 2, "approve", null, 409).jsonPath("$.code").isEqualTo("approval_not_pending");
        send(ada, "GET", "/audit-entries?action=stack.approve", null, null)
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].target")
                .isEqualTo("cluster/prod/stack");
        send(ada, "GET", "/clusters/prod/stack/revisions", null, null)
                .expectBody()
                .jsonPath("$.items[0].approval")
                .isEqualTo("APPROVED")
                .jsonPath("$.items[1].approval")
                .doesNotExist();
    }

    @Test
    void aRejectedRevisionIsNeverRunAndTheNextStartsFromIt() {
        save(ada, 1, 7);
        decide(bob, 2, "reject", "{\"reason\":\" \"}", 422)
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/reason");
        decide(bob, 2, "reject", "{\"reason\":\"too many replicas\"}", 200)
                .jsonPath("$.approval.decidedBy")
                .value(String.class, by -> assertThat(by).startsWith("token:"));
        decide(bearer("eve", Role.EDITOR), 2, "approve", null, 409);
        expectDesired(2, 1, 6);

        save(ada, 2, 8);
        decide(bob, 3, "approve", null, 200);
        expectDesired(3, 3, 8);
    }

    @Test
    void aWordOnARevisionIsVoidOnceAnotherWasSaved() {
        save(ada, 1, 7);
        save(ada, 2, 9);
        decide(bob, 2, "approve", null, 412)
                .jsonPath("$.code")
                .isEqualTo("approval_stale")
                .jsonPath("$.detail")
                .isEqualTo(
                        "The stack of prod is at revision 3, so revision 2 is not decided any more. Look at the latest.");
        expectDesired(3, 1, 6);
    }

    @Test
    void theRoleIsTheStricterOfThenAndNow() {
        save(ada, 1, 7);
        ask("ADMIN", 1);
        decide(bob, 2, "approve", null, 403).jsonPath("$.code").isEqualTo("role_missing");
        ask("NONE", 2);
        expectDesired(2, 1, 6);
        decide(bearer("vic", Role.VIEWER), 2, "approve", null, 403);
        decide(bob, 2, "approve", null, 200);
        expectDesired(2, 2, 7);
    }

    @Test
    void onlyOwnersChangeTheRuleAndOnlyTheOneTheyRead() {
        send(bearer("kim", Role.ADMIN), "PUT", "/stack-settings", "\"1\"", "{\"approval\":\"NONE\"}")
                .expectStatus()
                .isForbidden();
        send(ada, "PUT", "/stack-settings", "\"0\"", "{\"approval\":\"NONE\"}")
                .expectStatus()
                .isEqualTo(412);
        send(ada, "PUT", "/stack-settings", "\"9\"", "{\"approval\":\"NONE\"}")
                .expectStatus()
                .isEqualTo(412);
        send(ada, "PUT", "/stack-settings", null, "{\"approval\":\"NONE\"}")
                .expectStatus()
                .isEqualTo(428);
        send(ada, "PUT", "/stack-settings", "\"1\"", "{}").expectStatus().isEqualTo(422);
        send(bob, "GET", "/stack-settings", null, null)
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.approval")
                .isEqualTo("EDITOR");
        TestTenant other = tenants.create();
        assertThat(other.call(approvals::rule)).isEqualTo(ApprovalRule.NONE);
    }

    @Test
    void nobodyApprovesWithATokenOfTheirOwnOrOfNobody() {
        String second = "Bearer "
                + as("ada", Role.OWNER, () -> tokens.create(new NewApiToken("x", Role.EDITOR, null)))
                        .text();
        save(second, 1, 7);
        decide(ada, 2, "approve", null, 403).jsonPath("$.code").isEqualTo("approval_own");
        String nobodys = "Bearer "
                + TenantScope.call(
                                tenant.tenant().id(),
                                Actor.system("test"),
                                () -> tokens.create(new NewApiToken("x", Role.ADMIN, null)))
                        .text();
        decide(nobodys, 2, "approve", null, 403).jsonPath("$.code").isEqualTo("approval_needs_person");
    }

    @Test
    void everybodyWhoWorkedOnADraftIsItsAuthor() {
        Draft draft = as("bob", Role.EDITOR, () -> drafts.create(cluster, StackFixtures.demo(), 1, "begun"));
        as("ada", Role.OWNER, () -> drafts.update(cluster, draft.id(), StackFixtures.demo(), 1, "went on", 0));
        send(ada, "POST", "/clusters/prod/stack/drafts/" + draft.id() + ":publish", "\"1\"", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.approval.authors.length()")
                .isEqualTo(2);
        decide(bob, 2, "approve", null, 403).jsonPath("$.code").isEqualTo("approval_own");
        decide(bearer("eve", Role.EDITOR), 2, "approve", null, 200);
    }

    @Test
    void whatABlueprintOrARestorationCarriesOnKeepsItsAuthors() {
        String spec = "{\"spec\": {\"backends\": {\"traces\": {\"endpoint\": \"tempo:4317\"}}}, \"overrides\": []}";
        as(
                "ada",
                Role.OWNER,
                () -> blueprints.create("base", "Base", new BlueprintDocument().read(spec), "", Writer.CONSOLE));
        as(
                "bob",
                Role.EDITOR,
                () -> inheritances.inherit(
                        cluster, "base", null, JsonNodeFactory.instance.objectNode(), 1, "inherit", Writer.CONSOLE));
        as(
                "ada",
                Role.OWNER,
                () -> blueprints.save(
                        "base",
                        new BlueprintDocument().read(spec.replace("tempo", "other")),
                        1,
                        "moved",
                        Writer.CONSOLE));
        assertThat(latest().approval().authors()).containsExactly("user:ada", "user:bob");

        String eve = bearer("eve", Role.EDITOR);
        decide(eve, 3, "reject", "{\"reason\":\"no\"}", 200);
        as("eve", Role.EDITOR, () -> stacks.restore(cluster, 3, 3, "", Writer.CONSOLE));
        assertThat(latest().approval().authors()).containsExactly("user:ada", "user:bob", "user:eve");
        as("eve", Role.EDITOR, () -> inheritances.detach(cluster, 4, "", Writer.CONSOLE));
        assertThat(latest().approval().authors()).containsExactly("user:ada", "user:bob", "user:eve");
        as("eve", Role.EDITOR, () -> stacks.restore(cluster, 1, 5, "", Writer.CONSOLE));
        assertThat(latest().approval().authors()).containsExactly("user:eve");
        expectDesired(6, 1, 6);
    }

    @Test
    void whatIsRenderedAndPreviewedIsAgainstWhatRuns() {
        save(ada, 1, 7);
        assertThat(render()).contains("maxReplicas: 6");
        send(bob, "PUT", "/clusters/prod/stack?validateOnly=true", null, stack(7).replace("tempo", "other"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.baseRevision")
                .isEqualTo(2)
                .jsonPath("$.desiredRevision")
                .isEqualTo(1)
                .jsonPath("$.needsApproval")
                .isEqualTo(true)
                .jsonPath("$.roles[0].unifiedDiff")
                .value(String.class, diff -> assertThat(diff).contains("-    endpoint: tempo:4317"));
        decide(bob, 2, "approve", null, 200);
        assertThat(render()).contains("maxReplicas: 7");
    }

    @Test
    void agentsGetAConfigWhenItIsApprovedAndNotWhenItIsSaved() throws Exception {
        Home home = fleet.home();
        home.in(() -> {
            approvals.setRule(ApprovalRule.EDITOR, ApprovalRule.NONE);
            return true;
        });
        try (SimulatedAgent agent = home.enrolled("gateway-0", "gateway")) {
            StackRevision waiting = home.save("crimson");
            assertThat(waiting.isReleased()).isFalse();
            StackRevision newest = home.save("green");
            TenantScope.run(
                    home.tenant().tenant().id(),
                    Actor.user("bob", Role.EDITOR),
                    () -> approvals.approve(home.cluster(), newest.number(), ""));
            // Whatever comes until then, what waited was never offered.
            String offered;
            do {
                offered = agent.receive(ServerToAgent::hasRemoteConfig)
                        .getRemoteConfig()
                        .toString();
                assertThat(offered).doesNotContain("crimson");
            } while (!offered.contains("green"));
        }
    }

    @Test
    void ofManyWhoDecideAtOnceOneDoes() throws Exception {
        save(ada, 1, 7);
        int people = 6;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(people)) {
            for (int i = 0; i < people; i++) {
                boolean approves = i % 2 == 0;
                String who = "p" + i;
                results.add(executor.submit(() -> {
                    start.await();
                    return decided(who, approves);
                }));
            }
            start.countDown();
        }
        int done = 0;
        for (Future<Boolean> result : results) {
            done += result.get() ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
        Approval approval = latest().approval();
        assertThat(tenant.call(() -> stacks.released(cluster.id()))
                        .orElseThrow()
                        .number())
                .isEqualTo(approval.state() == Approval.State.APPROVED ? 2 : 1);
    }

    @Test
    void anotherTenantSeesNoApproval() {
        save(ada, 1, 7);
        assertThat(tenants.create().call(() -> fleet.count("stack_approval") + fleet.count("stack_settings")))
                .isZero();
        assertThat(tenant.call(() -> fleet.count("stack_approval"))).isEqualTo(1);
    }

    @Test
    void whoseWorkARevisionIsCannotBeChangedAfterwards() {
        save(ada, 1, 7);
        assertThatThrownBy(() -> tenant.run(() -> new TransactionTemplate(transactions)
                        .executeWithoutResult(status -> jdbc.sql("update stack_approval set authors = '[]'")
                                .update())))
                .hasStackTraceContaining("permission denied for table stack_approval");
    }

    private boolean decided(String who, boolean approves) {
        try {
            as(
                    who,
                    Role.EDITOR,
                    () -> approves ? approvals.approve(cluster, 2, "") : approvals.reject(cluster, 2, "no"));
            return true;
        } catch (LightvesselException e) {
            assertThat(e).hasMessage("Revision 2 of the stack of prod waits for nobody's approval.");
            return false;
        }
    }

    private void expectDesired(int latest, int desired, int maxReplicas) {
        send(bob, "GET", "/clusters/prod/stack", null, null)
                .expectHeader()
                .valueEquals("ETag", "\"" + latest + "\"")
                .expectBody()
                .jsonPath("$.revision")
                .isEqualTo(latest)
                .jsonPath("$.desiredRevision")
                .isEqualTo(desired);
        StackSpec running =
                tenant.call(() -> stacks.released(cluster.id())).orElseThrow().spec();
        assertThat(running.gateway().scaling().maxReplicas()).isEqualTo(maxReplicas);
    }

    private String render() {
        return new String(
                send(bob, "POST", "/clusters/prod/stack:render?target=kubernetes", null, null)
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
    }

    private void ask(String rule, int before) {
        send(ada, "PUT", "/stack-settings", "\"" + before + "\"", "{\"approval\":\"" + rule + "\"}")
                .expectStatus()
                .isOk();
    }

    private RestTestClient.ResponseSpec save(String bearer, int expected, int maxReplicas) {
        RestTestClient.ResponseSpec answer =
                send(bearer, "PUT", "/clusters/prod/stack", "\"" + expected + "\"", stack(maxReplicas));
        answer.expectStatus().isOk();
        return answer;
    }

    private RestTestClient.BodyContentSpec decide(String bearer, int number, String verb, String body, int status) {
        RestTestClient.ResponseSpec answer =
                send(bearer, "POST", "/clusters/prod/stack/revisions/" + number + ":" + verb, null, body);
        answer.expectStatus().isEqualTo(status);
        return answer.expectBody();
    }

    private StackRevision latest() {
        return tenant.call(() -> stacks.current(cluster.id()).orElseThrow());
    }

    private <T> T as(String name, Role role, Supplier<T> work) {
        return TenantScope.call(tenant.tenant().id(), Actor.user(name, role), work);
    }

    /** A token that a new member answers for. */
    private String bearer(String name, Role role) {
        tenant.run(() -> members.add(new NewMember(name, role)));
        return "Bearer "
                + TenantScope.call(
                        tenant.tenant().id(),
                        new Actor("user:" + name, Role.OWNER, name),
                        () -> tokens.create(new NewApiToken("x", role, null)).text());
    }

    private static String stack(int maxReplicas) {
        return """
                {"gateway": {"scaling": {"maxReplicas": %d}},
                 "backends": {"destinations": {"traces": {"type": "TEMPO", "endpoint": "tempo:4317"}}}}""".formatted(maxReplicas);
    }

    private RestTestClient.ResponseSpec send(String bearer, String method, String path, String ifMatch, String body) {
        RestTestClient.RequestBodySpec request =
                rest.method(HttpMethod.valueOf(method)).uri(tenant.path(path)).header("Authorization", bearer);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return request.exchange();
    }
}
