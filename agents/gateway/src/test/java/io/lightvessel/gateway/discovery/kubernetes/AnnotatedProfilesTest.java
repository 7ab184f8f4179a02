package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.Workloads.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.PprofReceiverFactory;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Pods that ask for profiles by Grafana's annotations, found by the jobs that the control plane renders. */
class AnnotatedProfilesTest {

    private static final Path RENDERED =
            Path.of("../../backend/src/test/resources/io/lightvessel/render/full-gateway.yaml");

    /** Of the test's own: one stands still for half a minute when watches end. */
    private final TestCluster cluster = TestCluster.mock(new MockApi());

    private final Workloads workloads = new Workloads(cluster);
    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("pprof", 64 << 20);

    @AfterEach
    void close() {
        transport.close();
        cluster.close();
    }

    @Test
    @Timeout(60)
    void podsArePulledForTheProfilesTheyAskFor() throws Exception {
        workloads.pod(
                "cart",
                "192.0.2.10",
                Map.of(
                        "profiles.grafana.com/cpu.scrape", "true",
                        "profiles.grafana.com/cpu.port", "6060",
                        "profiles.grafana.com/memory.scrape", "true",
                        "profiles.grafana.com/memory.port", "6061"),
                container("app", 8080, 6060, 6061));
        workloads.pod(
                "six",
                "2001:db8::5",
                Map.of(
                        "profiles.grafana.com/goroutine.scrape", "true",
                        "profiles.grafana.com/goroutine.port", "6060",
                        "pyroscope.io/service_name", "six-fold"),
                container("app", 6060));
        workloads.pod(
                "unsure",
                "192.0.2.11",
                Map.of("profiles.grafana.com/cpu.scrape", "false", "profiles.grafana.com/cpu.port", "6060"),
                container("app", 6060));
        workloads.pod("silent", "192.0.2.12", Map.of(), container("app", 6060));

        assertThat(pulled(3))
                .containsExactly(
                        line(
                                "http://192.0.2.10:6060/debug/pprof/profile?seconds=29",
                                "process_cpu",
                                "cart",
                                "SHOP/app"),
                        line("http://192.0.2.10:6061/debug/pprof/allocs", "memory", "cart", "SHOP/app"),
                        line("http://[2001:db8::5]:6060/debug/pprof/goroutine", "goroutine", "six", "six-fold"));
    }

    private static String line(String url, String profile, String pod, String service) {
        return url + " __name__=" + profile + " container=app namespace=SHOP pod=" + pod + " service_name=" + service;
    }

    private List<String> pulled(int expected) throws Exception {
        Settings settings =
                TestContext.settings("receivers", "pprof", "pprof: {scrape_configs: " + jobs() + "}", "profiles");
        try (Discoveries discoveries = new Discoveries(transport)) {
            Prepared<Receiver> prepared =
                    new PprofReceiverFactory(transport, discoveries).prepare(context, settings, null);
            prepared.commit();
            List<String> found = found((TargetSource) prepared.component());
            while (found.size() < expected) {
                Thread.onSpinWait();
                found = found((TargetSource) prepared.component());
            }
            prepared.component().stop(Duration.ofSeconds(1));
            return found;
        }
    }

    private List<String> found(TargetSource source) {
        List<String> lines = new ArrayList<>();
        for (TargetSnapshot target : source.targets()) {
            if (target.state() != TargetSnapshot.State.DROPPED) {
                StringBuilder line = new StringBuilder(target.url());
                for (String name : List.of("__name__", "container", "namespace", "pod", "service_name")) {
                    line.append(' ')
                            .append(name)
                            .append('=')
                            .append(target.labels().get(name));
                }
                lines.add(line.toString().replace(cluster.shop(), "SHOP"));
            }
        }
        return lines.stream().sorted().toList();
    }

    /** Those that ask the API server, made to ask the mock for its namespace. */
    private String jobs() throws Exception {
        Map<?, ?> config =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RENDERED));
        Map<?, ?> pprof = (Map<?, ?>) ((Map<?, ?>) config.get("receivers")).get("pprof");
        List<Object> jobs = new ArrayList<>();
        for (Object job : (List<?>) pprof.get("scrape_configs")) {
            if (((Map<?, ?>) job).containsKey("kubernetes_sd_configs")) {
                jobs.add(job);
            }
        }
        assertThat(jobs).as("a job for each type").hasSize(5);
        String discovery = "[{role: pod, api_server: '"
                + cluster.access().server().orElseThrow() + "', namespaces: {names: [" + cluster.shop() + "]}}]";
        Object own = new Load(LoadSettings.builder().build()).loadFromString(discovery);
        jobs.replaceAll(job -> {
            Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) job);
            copy.put("kubernetes_sd_configs", own);
            return copy;
        });
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.FLOW)
                        .setWidth(100_000)
                        .build())
                .dumpToString(jobs);
    }
}
