package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.fleet.opamp.OpampListener;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes tenants with a cluster and a stack, and connects simulated agents to them. */
@TestConfiguration
public class FleetFixture {
    private final TestTenants tenants;
    private final ClusterService clusters;
    private final StackService stacks;
    private final EnrollmentTokens tokens;
    private final AgentService agents;
    private final OpampListener listener;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final HttpClient http = HttpClient.newHttpClient();

    public FleetFixture(
            TestTenants tenants,
            ClusterService clusters,
            StackService stacks,
            EnrollmentTokens tokens,
            AgentService agents,
            OpampListener listener,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions) {
        this.tenants = tenants;
        this.clusters = clusters;
        this.stacks = stacks;
        this.tokens = tokens;
        this.agents = agents;
        this.listener = listener;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A new tenant with one cluster that has a stack. */
    public Home home() {
        TestTenant tenant = tenants.create();
        return tenant.call(() -> {
            Cluster cluster = clusters.create(new NewCluster("prod"));
            stacks.save(cluster, spec(), 0, "first");
            return new Home(tenant, cluster);
        });
    }

    private static StackSpec spec() {
        StackSpec defaults = StackSpec.defaults();
        return defaults.withBackends(new Backends(
                new Backends.Http("http://127.0.0.1:9090/api/v1/write"),
                new Backends.Grpc("127.0.0.1:24317", true),
                new Backends.Http("http://127.0.0.1:24318"),
                null,
                defaults.backends().grafana()));
    }

    public static String credential(ServerToAgent offer) {
        var header = offer.getConnectionSettings().getOpamp().getHeaders().getHeaders(0);
        assertThat(header.getKey()).isEqualTo("Authorization");
        assertThat(header.getValue()).startsWith("Bearer lva_");
        return header.getValue().substring("Bearer ".length());
    }

    /** The status with which a handshake is refused. */
    public static int refusal(Supplier<?> connecting) {
        try {
            connecting.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
        throw new AssertionError("was let in");
    }

    public URI webSocket() {
        return URI.create("ws://127.0.0.1:" + listener.port() + "/v1/opamp");
    }

    public URI plainHttp() {
        return URI.create("http://127.0.0.1:" + listener.port() + "/v1/opamp");
    }

    /** Rows the tenant in scope sees of a table. */
    public long count(String table) {
        return transaction.execute(status -> jdbc.queryForObject("select count(*) from " + table, Long.class));
    }

    /** All that the tenant in scope sees of a table, as text. */
    public String dump(String table) {
        return transaction.execute(
                status -> String.join("\n", jdbc.queryForList("select t::text from " + table + " t", String.class)));
    }

    public AgentService agents() {
        return agents;
    }

    public HttpClient client() {
        return http;
    }

    /** A tenant and its cluster. */
    public final class Home {
        private final TestTenant tenant;
        private final Cluster cluster;

        Home(TestTenant tenant, Cluster cluster) {
            this.tenant = tenant;
            this.cluster = cluster;
        }

        public TestTenant tenant() {
            return tenant;
        }

        public Cluster cluster() {
            return cluster;
        }

        public <T> T in(Supplier<T> work) {
            return tenant.call(work);
        }

        /** Saves the next revision of the stack, with an attribute set to the given value. */
        public StackRevision save(String value) {
            return in(() -> {
                StackRevision current = stacks.current(cluster.id()).orElseThrow();
                StackSpec spec = current.spec();
                return stacks.save(
                        cluster,
                        spec.withGateway(spec.gateway().withResourceAttributes(Map.of("team", value))),
                        current.number(),
                        "team " + value);
            });
        }

        public String token() {
            return create(NewEnrollmentToken.single("test", cluster.id())).secret();
        }

        public CreatedToken create(NewEnrollmentToken request) {
            return in(() -> tokens.create(request));
        }

        public SimulatedAgent connect(String bearer, InstanceUid uid, String name) {
            return SimulatedAgent.connect(http, webSocket(), bearer, uid, name);
        }

        /** Enrols and connects an agent that has said its full state. */
        public SimulatedAgent enrolled(String name, String role) throws Exception {
            InstanceUid uid = SimulatedAgent.newUid();
            String credential;
            try (SimulatedAgent newcomer = connect(token(), uid, name)) {
                newcomer.send(newcomer.fullState(role));
                credential = credential(newcomer.receive());
            }
            SimulatedAgent agent = connect(credential, uid, name);
            agent.credential(credential);
            agent.send(agent.fullState(role));
            agent.receive();
            return agent;
        }

        public Agent agent(String name) {
            return in(() -> agents.list(AgentFilter.ALL.and("name", name), PageRequest.FIRST))
                    .items()
                    .getFirst();
        }

        /** Waits until so many agents have a config status, and returns how many do. */
        public int awaitAll(int wanted, ConfigStatus status) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            int found = in(() -> agents.count(AgentFilter.ALL)).of(status);
            while (found != wanted && System.nanoTime() < deadline) {
                Thread.sleep(100);
                found = in(() -> agents.count(AgentFilter.ALL)).of(status);
            }
            return found;
        }

        /** Waits until no agent is connected, and returns how many are. */
        public int awaitDisconnected() throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            int found = in(() -> agents.connected(cluster.id(), AgentRole.GATEWAY));
            while (found != 0 && System.nanoTime() < deadline) {
                Thread.sleep(100);
                found = in(() -> agents.connected(cluster.id(), AgentRole.GATEWAY));
            }
            return found;
        }

        /** Waits until an agent's row fulfils a condition. */
        public void awaitStored(AgentId id, String condition) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (in(() -> count("fleet_agent where id = '" + id + "' and " + condition)) == 0) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("never stored: " + condition);
                }
                Thread.sleep(50);
            }
        }

        public Agent await(String name, Predicate<Agent> wanted) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Agent found = agent(name);
            while (!wanted.test(found)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("still " + found);
                }
                Thread.sleep(50);
                found = agent(name);
            }
            return found;
        }
    }
}
