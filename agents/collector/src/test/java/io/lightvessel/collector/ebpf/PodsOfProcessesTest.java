package io.lightvessel.collector.ebpf;

import static io.lightvessel.collector.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.ebpf.symbols.NodeStackNames;
import io.lightvessel.collector.ebpf.symbols.PodContainer;
import io.lightvessel.collector.ebpf.symbols.PodLookup;
import io.lightvessel.collector.ebpf.symbols.SymbolSettings;
import io.lightvessel.collector.testing.FakePodApi;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a receiver's config and the node's files to the labels that a process's profiles have. */
@Timeout(60)
class PodsOfProcessesTest {
    private static final String UID = "1b2f3c4d-0000-4111-8222-0123456789ab";
    private static final String APP = "0123456789abcdef".repeat(4);
    private static final String STARTING = "fedcba9876543210".repeat(4);
    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[
             {"metadata":{"name":"orders-1","namespace":"shop","uid":"%s",
               "annotations":{"pyroscope.io/service_name":"ordering"}},
              "spec":{"nodeName":"node-1","containers":[]},
              "status":{"containerStatuses":[{"name":"app","containerID":"containerd://%s"}]}}]}""".formatted(UID, APP);

    @TempDir
    Path node;

    @Test
    void profilesAreFoundByWhatTheApiServerKnows() throws Exception {
        process(7, "kubepods-pod" + UID.replace('-', '_') + ".slice/cri-containerd-" + APP + ".scope", "own");
        process(8, "kubepods/" + APP, "own");
        process(9, "kubepods/pod" + UID + "/" + STARTING, "own");
        try (FakePodApi api = new FakePodApi(PODS);
                PodLookup pods = EbpfReceiverFactory.pods(
                        settings("{kubeconfig_file: " + api.kubeconfig(node) + "}"),
                        node.resolve("log"),
                        Map.of("K8S_NODE_NAME", "node-1"))) {
            until(() -> pods.find(APP, UID).isPresent());
            assertThat(pods.find(APP, UID)).contains(new PodContainer("shop", "orders-1", "app", "ordering"));

            assertThat(labels(7, pods))
                    .containsEntry("service_name", "ordering")
                    .containsEntry("namespace", "shop")
                    .containsEntry("pod", "orders-1")
                    .containsEntry("container", "app")
                    .containsEntry("node", "node-1");
            assertThat(labels(8, pods)).as("without the uid").containsEntry("container", "app");
            assertThat(labels(9, pods))
                    .as("its state is not told yet")
                    .containsEntry("pod", "orders-1")
                    .containsEntry("container", STARTING.substring(0, 12));
            assertThat(api.asked).first().asString().contains("fieldSelector=spec.nodeName=node-1");
        }
    }

    @Test
    void withoutTheApiServerPodsAreCalledAsTheirLogsAre() throws IOException {
        process(7, "kubepods/pod" + UID + "/" + APP, "");
        Files.createDirectories(node.resolve("log/containers"));
        Files.createFile(node.resolve("log/containers/orders-1_shop_app-" + APP + ".log"));
        try (PodLookup pods = EbpfReceiverFactory.pods(settings("{api: 'off'}"), node.resolve("log"), Map.of())) {
            assertThat(labels(7, pods))
                    .containsEntry("service_name", "shop/app")
                    .containsEntry("namespace", "shop")
                    .containsEntry("pod", "orders-1")
                    .containsEntry("container", "app");
        }
    }

    private Map<String, String> labels(int pid, PodLookup pods) {
        // It would close the lookup, which others ask as well.
        try (var names = new NodeStackNames(
                new SymbolSettings(node.resolve("proc"), "node-1", false, 10, 10, 1 << 20, 1 << 20), pods::find)) {
            return names.process(pid, 0).labels().values();
        }
    }

    private void process(int pid, String cgroup, String service) throws IOException {
        Path proc = Files.createDirectories(node.resolve("proc/" + pid));
        Files.writeString(proc.resolve("stat"), pid + " (main) S" + " 0".repeat(18) + " 99" + " 0".repeat(30));
        Files.writeString(proc.resolve("cgroup"), "0::/" + cgroup + "\n");
        Files.writeString(proc.resolve("environ"), service.isEmpty() ? "" : "OTEL_SERVICE_NAME=" + service + "\0");
    }

    private static EbpfSettings settings(String metadata) {
        String yaml = """
                receivers:
                  ebpf:
                    metadata: %s
                exporters:
                  debug:
                service:
                  pipelines:
                    profiles: {receivers: [ebpf], exporters: [debug]}
                """.formatted(metadata);
        return switch (ConfigParser.parse(yaml, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid ->
                EbpfSettings.of(
                        valid.config().receivers().get(ComponentId.of("ebpf")).settings());
            case ParseOutcome.Invalid invalid -> throw new IllegalArgumentException(String.valueOf(invalid.findings()));
        };
    }
}
