package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documented ClusterRole allows what is asked of the API server, and nothing else. */
class RbacTest {

    private static final Path FILE = Path.of("../../docs/kubernetes/rbac.yaml");

    private static final Pattern COLLECTION =
            Pattern.compile("GET /(?:api/v1|apis/([^/]+)/v1)/(?:namespaces/[^/?]+/)?([a-z]+)(\\?.*)?");

    @Test
    void theClusterRoleIsWhatIsAskedFor() throws IOException {
        MockApi mock = new MockApi();
        ApiAccess access = ApiAccess.server("http://localhost:" + mock.port());
        List<HeardTargets> heard = new ArrayList<>();
        HeardJobs jobs = new HeardJobs();
        try (KubernetesApis apis = new KubernetesApis()) {
            for (Role role : Role.values()) {
                HeardTargets targets = new HeardTargets();
                heard.add(targets);
                Discovery discovery =
                        apis.discovery(new KubernetesSdConfig(role, access, List.of(), false, List.of(), true, true));
                discovery.start(targets);
            }
            new KubernetesJobs(apis, ComponentId.parse("prometheus"), receiver(access)).start(jobs);
            Set<String> documented = documented();

            jobs.await(_ -> asked(mock).size() >= documented.size());

            assertThat(asked(mock)).isEqualTo(documented);
        }
    }

    private static Set<String> asked(MockApi mock) {
        Set<String> asked = new TreeSet<>();
        for (String request : mock.ownRequests()) {
            Matcher collection = COLLECTION.matcher(request);
            assertThat(collection.matches()).as(request).isTrue();
            String group = collection.group(1) == null ? "" : collection.group(1);
            boolean watch = request.contains("watch=true");
            asked.add((watch ? "watch " : "list ") + group + "/" + collection.group(2));
        }
        return asked;
    }

    /** Without what kubelets, not the gateway, ask the API server about. */
    private static Set<String> documented() throws IOException {
        Set<String> allowed = new TreeSet<>();
        Object first = new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(FILE))
                .iterator()
                .next();
        for (Object rule : (List<?>) ((Map<?, ?>) first).get("rules")) {
            Map<?, ?> fields = (Map<?, ?>) rule;
            for (Object group : (List<?>) fields.get("apiGroups")) {
                for (Object resource : (List<?>) fields.get("resources")) {
                    for (Object verb : (List<?>) fields.get("verbs")) {
                        allowed.add(verb + " " + group + "/" + resource);
                    }
                }
            }
        }
        assertThat(allowed.remove("get /nodes/metrics")).isTrue();
        return allowed;
    }

    private static Settings receiver(ApiAccess access) {
        String text = """
                kubernetes:
                  api_server: %s
                  service_monitors: {enabled: true}
                  pod_monitors: {enabled: true}
                """.formatted(access.server().orElseThrow());
        return ComponentParser.parse(ComponentKind.RECEIVER, "prometheus", text, Environment.of(Map.of()))
                .settings()
                .orElseThrow();
    }
}
