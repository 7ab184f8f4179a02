package io.lightvessel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.access.NewMember;
import io.lightvessel.api.ApiRoutes.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.FleetFixture;
import io.lightvessel.fleet.FleetFixture.Home;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.stack.ApprovalRule;
import io.lightvessel.stack.BlueprintDocument;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.Writer;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Every route of the committed description x every role x own and foreign ids: exactly the roles the description allows succeed,
 * and what belongs to another tenant does not exist. A new route is found by itself; what it needs to succeed is in
 * {@link ApiRoutes}.
 */
@ControlPlaneTest
class RouteMatrixIT {
    @Autowired
    private RestTestClient rest;

    @Autowired
    private FleetFixture fleet;

    @Autowired
    private TestTenants tenants;

    @Autowired
    private Members members;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    @Autowired
    private BlueprintService blueprints;

    @Autowired
    private InheritanceService inheritances;

    @Autowired
    private DraftService drafts;

    @Autowired
    private StackApprovals approvals;

    @Autowired
    private ApiTokens tokens;

    private final List<String> wrong = new ArrayList<>();
    private final Map<Role, String> bearers = new EnumMap<>(Role.class);
    private Home own;
    private Home foreign;

    /** What a route's placeholders stand for. */
    private record Things(Map<String, String> ids, String cluster) {}

    @BeforeEach
    void twoTenants() {
        own = fleet.home();
        foreign = fleet.home();
        for (Role role : Role.values()) {
            bearers.put(role, "Bearer " + tenants.token(own.tenant().tenant(), role));
        }
    }

    @Test
    void everyRouteOnATenantDeclaresItsRole() throws IOException {
        assertThat(ApiRoutes.read())
                .hasSizeGreaterThan(30)
                .allSatisfy(route -> assertThat(route.role())
                        .as("%s (expected: @Requires on its method)", route)
                        .isNotNull());
    }

    @Test
    void whatIsBelowNoTenantIsTheOperatorsOrKnownToBeOpen() throws IOException {
        assertThat(ApiRoutes.open()).allMatch(path -> path.startsWith("/api/v1/schemas/"));
    }

    @Test
    void exactlyTheAllowedRolesSucceed() throws Exception {
        for (Route route : ApiRoutes.read()) {
            for (Role role : Role.values()) {
                boolean allowed = role.includes(route.requiredRole());
                int status = call(route, own.tenant(), things(route, own), bearers.get(role));
                if (allowed ? status < 200 || status > 299 : status != 403) {
                    wrong.add("%s as %s: %d (expected: %s)".formatted(route, role, status, allowed ? "2xx" : "403"));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsAnotherTenantsDoesNotExist() throws Exception {
        for (Route route : ApiRoutes.read()) {
            Things theirs = things(route, foreign);
            for (Role role : Role.values()) {
                expect(404, route, foreign.tenant(), theirs, role);
                if (!theirs.ids().isEmpty()) {
                    boolean allowed = role.includes(route.requiredRole());
                    expect(allowed ? 404 : 403, route, own.tenant(), theirs, role);
                }
            }
            assertThat(call(route, foreign.tenant(), theirs, null))
                    .as("%s without a token", route)
                    .isEqualTo(401);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsOnlyValidatedLeavesNothingBehind() throws Exception {
        for (Route route : ApiRoutes.read()) {
            if (route.method().equals("GET")) {
                continue;
            }
            Things things = things(route, own);
            String before = traces();
            int status = call(route.tried(), own.tenant(), things, bearers.get(Role.OWNER));
            if (status < 200 || status > 299 || status == 201 || !traces().equals(before)) {
                wrong.add("%s with validateOnly: %d (expected: 2xx, not 201, and nothing changed)"
                        .formatted(route, status));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** All that is written down of the tenant's changes, and the things themselves. */
    private String traces() {
        return own.in(() -> String.join(
                "\n",
                fleet.dump("audit_head"),
                fleet.dump("cluster_cluster"),
                fleet.dump("stack_approval"),
                fleet.dump("stack_draft"),
                fleet.dump("stack_manager"),
                fleet.dump("stack_blueprint_manager"),
                fleet.dump("stack_blueprint_revision"),
                fleet.dump("access_member"),
                fleet.dump("onboarding_token"),
                Long.toString(fleet.count("stack_revision")),
                Long.toString(fleet.count("access_api_token")),
                Long.toString(fleet.count("fleet_agent"))));
    }

    private void expect(int expected, Route route, TestTenant tenant, Things things, Role role) {
        int status = call(route, tenant, things, bearers.get(role));
        if (status != expected) {
            wrong.add("%s with another tenant's ids as %s: %d (expected: %d)".formatted(route, role, status, expected));
        }
    }

    private int call(Route route, TestTenant tenant, Things things, @Nullable String bearer) {
        String path = route.path().replace("{tenant}", tenant.tenant().slug());
        for (Map.Entry<String, String> id : things.ids().entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        RestTestClient.RequestBodySpec request = rest.method(HttpMethod.valueOf(route.method()))
                .uri(path)
                .headers(headers -> {
                    route.headers().forEach(headers::add);
                    if (bearer != null) {
                        headers.add("Authorization", bearer);
                    }
                });
        String body = route.body(things.cluster(), unused());
        return (body == null
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).body(body))
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    /** Something of the tenant for each placeholder, made anew, because the route may delete it. */
    private Things things(Route route, Home home) throws Exception {
        Cluster cluster = home.in(() -> clusters.create(new NewCluster(unused())));
        if (route.operation().equals("approveStackRevision")
                || route.operation().equals("rejectStackRevision")) {
            waiting(home, cluster);
        } else {
            home.in(() -> stacks.save(cluster, StackFixtures.demo(), 0, "first"));
        }
        if (route.path().contains("{blueprint}") || route.operation().endsWith("Inheritance")) {
            blueprint(home, cluster, route.operation().equals("deleteStackInheritance"));
        }
        Map<String, String> ids = new HashMap<>();
        for (String name : route.idNames()) {
            ids.put(name, id(route, name, home, cluster));
        }
        return new Things(ids, cluster.slug());
    }

    /** A first revision by somebody else, which waits for approval. */
    private void waiting(Home home, Cluster cluster) {
        home.tenant().run(() -> approvals.setRule(ApprovalRule.EDITOR, ApprovalRule.NONE));
        TenantScope.run(
                home.tenant().tenant().id(),
                Actor.user("bob", Role.EDITOR),
                () -> stacks.save(cluster, StackFixtures.demo(), 0, "first"));
        home.tenant().run(() -> approvals.setRule(ApprovalRule.NONE, ApprovalRule.EDITOR));
    }

    /** One that has the cluster's name, and that the cluster may inherit from. */
    private void blueprint(Home home, Cluster cluster, boolean inherited) {
        String traces = "{\"spec\": {\"backends\": {\"traces\": {\"endpoint\": \"tempo:4317\"}}}, \"overrides\": []}";
        home.in(() ->
                blueprints.create(cluster.slug(), "x", new BlueprintDocument().read(traces), "first", Writer.CONSOLE));
        if (inherited) {
            home.in(() -> inheritances.inherit(
                    cluster, cluster.slug(), null, JsonNodeFactory.instance.objectNode(), 1, "second", Writer.CONSOLE));
        }
    }

    private String id(Route route, String name, Home home, Cluster cluster) throws Exception {
        return switch (name) {
            case "cluster", "blueprint" -> cluster.slug();
            case "draft" ->
                home.in(() -> drafts.create(cluster, StackFixtures.demo(), 1, "x"))
                        .id()
                        .toString();
            case "number" -> "1";
            case "token" ->
                home.create(NewEnrollmentToken.single("x", cluster.id()))
                        .token()
                        .id();
            case "id" ->
                home.in(() -> tokens.create(new NewApiToken("x", Role.VIEWER, null)))
                        .token()
                        .id();
            case "member" ->
                home.in(() -> members.add(new NewMember(unused(), Role.VIEWER))).name();
            case "agent" -> {
                String agent = unused();
                SimulatedAgent connected = home.enrolled(agent, "gateway");
                connected.close();
                yield home.agent(agent).id().toString();
            }
            default ->
                throw new AssertionError(
                        "%s: nothing is made for {%s} (expected: a case in RouteMatrixIT.id)".formatted(route, name));
        };
    }

    private static String unused() {
        return "n" + UUID.randomUUID().toString().substring(0, 13);
    }
}
