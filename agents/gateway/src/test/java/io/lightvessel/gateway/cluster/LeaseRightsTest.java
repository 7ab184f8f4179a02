package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documented Role of the arbiter allows what it asks of the API server, and nothing else. */
@EnableKubernetesMockClient(crud = true)
class LeaseRightsTest {
    private static final Path FILE = Path.of("../../docs/kubernetes/rbac.yaml");
    private static final Map<String, String> VERBS = Map.of("GET", "get", "POST", "create", "PUT", "update");
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/monitoring/leases";

    KubernetesMockServer server;

    @Test
    void theRoleIsWhatIsAskedFor() throws Exception {
        Arbiter arbiter = new LeaseArbiter("gateway", "monitoring", server::createClient);
        for (long view : new long[] {3, 4}) {
            arbiter.claim(new Arbiter.Claim(7, view, Set.of(new MemberId(1, 1))))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        }

        Set<String> asked = new TreeSet<>();
        int requests = server.getRequestCount();
        for (int i = 0; i < requests; i++) {
            var request = server.takeRequest(1, TimeUnit.SECONDS);
            assertThat(request.getPath()).startsWith(LEASES);
            asked.add(VERBS.getOrDefault(request.getMethod(), request.getMethod()));
        }

        assertThat(asked).isEqualTo(documented());
    }

    private static Set<String> documented() throws Exception {
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(FILE));
        Map<?, ?> role = StreamSupport.stream(documents.spliterator(), false)
                .map(document -> (Map<?, ?>) document)
                .filter(document ->
                        ((Map<?, ?>) document.get("metadata")).get("name").equals("lightvessel-gateway-arbiter"))
                .findFirst()
                .orElseThrow();
        assertThat(role.get("kind")).isEqualTo("Role");
        Map<?, ?> rule = (Map<?, ?>) ((List<?>) role.get("rules")).getFirst();
        assertThat(rule.get("apiGroups")).isEqualTo(List.of("coordination.k8s.io"));
        assertThat(rule.get("resources")).isEqualTo(List.of("leases"));
        Set<String> verbs = new TreeSet<>();
        ((List<?>) rule.get("verbs")).forEach(verb -> verbs.add((String) verb));
        return verbs;
    }
}
