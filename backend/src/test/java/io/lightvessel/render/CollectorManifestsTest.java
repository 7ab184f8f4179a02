package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.NodeProfiles;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** A collector gets on its node what its receivers need, and nothing for what the stack does not have it do. */
class CollectorManifestsTest {
    private static final ClusterFacts FACTS = new ClusterFacts("demo", "");

    private final StackRenderer renderer = new StackRenderer();

    @Test
    void followingLogsNeedsDirectoriesAndNoCapability() {
        Map<String, Object> pod = pod(logsOnly("/data/pods"));

        assertThat(pod).doesNotContainKey("hostPID");
        assertThat(names(at(pod, "volumes"), "hostPath", "path"))
                .containsExactly("/data/pods", "/var/lib/lightvessel/collector");
        Map<String, Object> container = first(pod, "containers");
        assertThat(this.<Map<String, Object>>at(container, "securityContext"))
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")))
                .containsEntry("readOnlyRootFilesystem", true)
                .doesNotContainKeys("privileged", "appArmorProfile");
        assertThat(this.<List<Map<String, Object>>>at(container, "volumeMounts"))
                .contains(Map.of("name", "pod-logs", "mountPath", "/data/pods", "readOnly", true))
                .contains(Map.of("name", "state", "mountPath", "/var/lib/lightvessel"));
        assertThat(this.<List<String>>at(container, "args")).containsSequence("--state", "/var/lib/lightvessel");
    }

    @Test
    void profilingNeedsTheMachinesProcessesAndCapabilities() {
        StackSpec logs = logsOnly("/var/log/pods");
        StackSpec profiling = logs.withCollector(logs.collector()
                .withProfiles(new NodeProfiles(true, 97, 1, 250))
                .withPodLogs(noLogs()));

        Map<String, Object> pod = pod(profiling);

        assertThat(pod).containsEntry("hostPID", true);
        assertThat(names(at(pod, "volumes"), "hostPath", "path"))
                .containsExactly("/var/log/containers", "/var/lib/lightvessel/collector");
        Map<String, Object> security = at(first(pod, "containers"), "securityContext");
        assertThat(this.<Map<String, List<String>>>at(security, "capabilities").get("add"))
                .containsExactlyInAnyOrder(
                        "BPF", "PERFMON", "SYSLOG", "CHECKPOINT_RESTORE", "SYS_PTRACE", "DAC_READ_SEARCH", "KILL");
        assertThat(security).containsEntry("allowPrivilegeEscalation", false).doesNotContainKey("privileged");
    }

    @Test
    void theNodesNameComesByTheDownwardApi() {
        List<Map<String, Object>> environment = at(first(pod(logsOnly("/var/log/pods")), "containers"), "env");

        assertThat(environment)
                .contains(Map.of(
                        "name",
                        "K8S_NODE_NAME",
                        "valueFrom",
                        Map.of("fieldRef", Map.of("fieldPath", "spec.nodeName"))));
    }

    @Test
    void podsMayBeListedAndWatchedAndNothingElse() {
        StackSpec spec = logsOnly("/var/log/pods");

        assertThat(this.<List<Map<String, Object>>>at(file(spec, "collector-clusterrole.yaml"), "rules"))
                .containsExactly(Map.of(
                        "apiGroups", List.of(""), "resources", List.of("pods"), "verbs", List.of("list", "watch")));
        assertThat(this.<List<Map<String, Object>>>at(file(spec, "collector-clusterrolebinding.yaml"), "subjects"))
                .containsExactly(
                        Map.of("kind", "ServiceAccount", "name", "lightvessel-collector", "namespace", "monitoring"));
        assertThat(pod(spec)).containsEntry("serviceAccountName", "lightvessel-collector");
    }

    @Test
    void whereCollectorsHaveNothingToDoThereAreNone() {
        StackSpec logs = logsOnly("/var/log/pods");
        StackSpec idle = logs.withCollector(logs.collector().withPodLogs(noLogs()));

        assertThat(List.of(idle, logs.withMode(DeploymentMode.GATEWAY))).allSatisfy(spec -> {
            assertThat(files(spec)).extracting(RenderedFile::name).noneMatch(name -> name.startsWith("collector"));
            assertThat(renderer.render(spec, FACTS, RenderTarget.KUBERNETES, io.lightvessel.wire.AgentRole.GATEWAY)
                            .findings())
                    .noneMatch(finding -> finding.path().equals("collector"));
        });
    }

    private static StackSpec logsOnly(String path) {
        StackSpec demo = StackFixtures.full();
        return demo.withCollector(demo.collector()
                .withPodLogs(new PodLogs(true, path))
                .withProfiles(new NodeProfiles(false, 97, 1, 250)));
    }

    private static PodLogs noLogs() {
        return new PodLogs(false, "/var/log/pods");
    }

    private List<RenderedFile> files(StackSpec spec) {
        return renderer.kubernetes(spec, FACTS);
    }

    private Map<String, Object> file(StackSpec spec, String name) {
        return files(spec).stream()
                .filter(file -> file.name().equals(name))
                .map(file -> new Yaml().<Map<String, Object>>load(file.text()))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> pod(StackSpec spec) {
        return at(file(spec, "collector-daemonset.yaml"), "spec", "template", "spec");
    }

    private Map<String, Object> first(Map<String, Object> of, String list) {
        return this.<List<Map<String, Object>>>at(of, list).getFirst();
    }

    private static List<Object> names(List<Map<String, Object>> items, String key, String inner) {
        return items.stream()
                .filter(item -> item.containsKey(key))
                .map(item -> ((Map<?, ?>) item.get(key)).get(inner))
                .map(Object.class::cast)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private <T> T at(Map<String, Object> tree, String... path) {
        Object at = tree;
        for (String step : path) {
            at = ((Map<String, Object>) at).get(step);
        }
        return (T) at;
    }
}
