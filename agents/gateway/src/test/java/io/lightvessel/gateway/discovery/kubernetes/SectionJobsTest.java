package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.Workloads.NODE;
import static io.lightvessel.gateway.discovery.kubernetes.Workloads.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.gateway.httpclient.SecretText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From objects of a cluster to addresses and labels, job by job; with a mock, since nodes are not a test's to make. */
class SectionJobsTest {

    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

    /** Of the test's own: one stands still for half a minute when watches end. */
    private final TestCluster cluster = TestCluster.mock(new MockApi());

    private final Workloads workloads = new Workloads(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.io", "example.io"})
    void annotatedPodsAreScrapedWhereTheyAsk(String prefix) throws Exception {
        String other = prefix.equals("prometheus.io") ? "example.io" : "prometheus.io";
        workloads.pod("declared", "192.0.2.10", asking(prefix), container("app", 8080), container("side", 9090));
        workloads.pod(
                "told",
                "192.0.2.11",
                asking(prefix, "port", "9100", "scheme", "https", "path", "/stats/all"),
                container("app", 8080),
                container("side", 9090));
        workloads.pod("bare", "192.0.2.12", asking(prefix, "port", "9101"), container("app"));
        workloads.pod("six", "2001:db8::5", asking(prefix), container("app", 8080));
        workloads.pod("six-told", "2001:db8::6", asking(prefix, "port", "9100"), container("app", 8080));
        workloads.pod("odd", "192.0.2.13", asking(prefix, "scheme", "gopher", "port", "web"), container("app", 8080));
        workloads.pod("silent", "192.0.2.14", Map.of(), container("app", 8080));
        workloads.pod("refusing", "192.0.2.15", Map.of(prefix + "/scrape", "false"), container("app", 8080));
        workloads.pod("foreign", "192.0.2.16", asking(other), container("app", 8080));
        workloads.pod("done", "192.0.2.17", "Succeeded", asking(prefix), List.of(), container("app", 8080));
        workloads.pod(
                "begun",
                "192.0.2.18",
                "Running",
                asking(prefix),
                List.of(container("init", 7070)),
                container("app", 8080));

        FoundTargets found = FoundTargets.of(cluster, annotations(prefix, "services: false"), Map.of(Role.POD, 14));

        String labels = " namespace=SHOP node=" + NODE + " pod=";
        assertThat(found.of("kubernetes-pods"))
                .containsExactly(
                        "http://192.0.2.10:8080/metrics container=app job=kubernetes-pods" + labels + "declared",
                        "http://192.0.2.10:9090/metrics container=side job=kubernetes-pods" + labels + "declared",
                        "http://192.0.2.12:9101/metrics job=kubernetes-pods" + labels + "bare",
                        "http://192.0.2.13:8080/metrics job=kubernetes-pods" + labels + "odd",
                        "http://192.0.2.18:8080/metrics container=app job=kubernetes-pods" + labels + "begun",
                        "http://[2001:db8::5]:8080/metrics container=app job=kubernetes-pods" + labels + "six",
                        "http://[2001:db8::6]:9100/metrics job=kubernetes-pods" + labels + "six-told",
                        "https://192.0.2.11:9100/stats/all job=kubernetes-pods" + labels + "told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.io", "example.io"})
    void podsOfAnnotatedServicesAreScraped(String prefix) throws Exception {
        workloads.service("cart", Map.of(), asking(prefix));
        workloads.service("mail", Map.of(), asking(prefix, "port", "9100", "scheme", "https", "path", "/stats"));
        workloads.service("six", Map.of(), asking(prefix, "port", "9100"));
        workloads.service("silent", Map.of(), Map.of());
        // 9090 is none of the service's.
        workloads.pod("cart-1", "192.0.2.10", Map.of(), container("app", 8080, 9090));
        workloads.pod("six-1", "2001:db8::5", Map.of(), container("app", 8080));
        workloads.endpoint("cart", "cart-1", "192.0.2.10", "web", 8080);
        workloads.endpoint("mail", "mail-1", "192.0.2.11", "web", 8080);
        workloads.endpoint("mail", "mail-1", "192.0.2.11", "admin", 8081);
        workloads.endpoint("six", "six-1", "2001:db8::5", "web", 8080);
        workloads.endpoint("silent", "silent-1", "192.0.2.12", "web", 8080);

        FoundTargets found =
                FoundTargets.of(cluster, annotations(prefix, "pods: false"), Map.of(Role.ENDPOINTSLICE, 6));

        String job = " job=kubernetes-services namespace=SHOP node=" + NODE;
        assertThat(found.of("kubernetes-services"))
                .containsExactly(
                        "http://192.0.2.10:8080/metrics" + job + " pod=cart-1 service=cart",
                        "http://[2001:db8::5]:9100/metrics" + job + " pod=six-1 service=six",
                        // Both ports of the pod have come to the one that is asked for.
                        "https://192.0.2.11:9100/stats" + job + " service=mail");
    }

    @Test
    void kubeletsAreAskedForEachOfTheirPages() throws Exception {
        workloads.node("node-a", "192.0.2.1");
        workloads.node("node-b", "2001:db8::1");

        FoundTargets found =
                FoundTargets.of(cluster, "nodes: {enabled: true, selector: test=SHOP}", Map.of(Role.NODE, 2));

        assertThat(found.of("kubernetes-nodes"))
                .containsExactly(
                        "https://192.0.2.1:10250/metrics instance=node-a job=kubelet metrics_path=/metrics node=node-a",
                        "https://[2001:db8::1]:10250/metrics instance=node-b job=kubelet metrics_path=/metrics node=node-b");
        assertThat(found.of("kubernetes-nodes-cadvisor"))
                .containsExactly(
                        "https://192.0.2.1:10250/metrics/cadvisor instance=node-a job=kubelet"
                                + " metrics_path=/metrics/cadvisor node=node-a",
                        "https://[2001:db8::1]:10250/metrics/cadvisor instance=node-b job=kubelet"
                                + " metrics_path=/metrics/cadvisor node=node-b");
        assertThat(found.job("kubernetes-nodes").honorTimestamps()).isTrue();
        assertThat(found.job("kubernetes-nodes-cadvisor").honorTimestamps()).isFalse();
        assertThat(found.job("kubernetes-nodes").http().credentials())
                .isEqualTo(new Credentials.Header(
                        "Bearer", Optional.of(new SecretText.InFile(Path.of(ACCOUNT + "token")))));
    }

    @Test
    void kubeletsAreAskedThroughTheApiServer() throws Exception {
        workloads.node("node-c", "192.0.2.1");

        FoundTargets found = FoundTargets.of(
                cluster, "nodes: {enabled: true, via: api_server, selector: test=SHOP}", Map.of(Role.NODE, 1));

        String base = "https://kubernetes.default.svc:443/api/v1/nodes/node-c/proxy";
        assertThat(found.of("kubernetes-nodes"))
                .containsExactly(base + "/metrics instance=node-c job=kubelet metrics_path=/metrics node=node-c");
        assertThat(found.of("kubernetes-nodes-cadvisor"))
                .containsExactly(base + "/metrics/cadvisor instance=node-c job=kubelet"
                        + " metrics_path=/metrics/cadvisor node=node-c");
    }

    @Test
    void presetsKeepTheirExportersAndDropOthers() throws Exception {
        workloads.pod("db", "192.0.2.20", Map.of(), container("postgres", 5432), container("exporter", 9187));
        workloads.pod("db-done", "192.0.2.21", "Failed", Map.of(), List.of(), container("exporter", 9187));
        workloads.pod("cache", "192.0.2.22", Map.of(), container("redis", 6379), container("exporter", 9121));
        workloads.pod("ksm", "192.0.2.23", Map.of(), container("state", 8080, 8081));
        workloads.pod("ne", "192.0.2.24", Map.of(), container("exporter", 9100));
        String app = "app.kubernetes.io/name";
        workloads.service("state", Map.of(app, "kube-state-metrics"), Map.of());
        workloads.endpoint("state", "ksm", "192.0.2.23", "http", 8080);
        workloads.endpoint("state", "ksm", "192.0.2.23", "telemetry", 8081);
        workloads.service("hosts", Map.of(app, "prometheus-node-exporter"), Map.of());
        workloads.endpoint("hosts", "ne", "192.0.2.24", "http-metrics", 9100);
        workloads.service("cart", Map.of(app, "cart"), Map.of());
        workloads.endpoint("cart", "cart-1", "192.0.2.25", "metrics", 9100);

        FoundTargets found = FoundTargets.of(cluster, """
                presets:
                  kube_state_metrics: {enabled: true, namespaces: [SHOP]}
                  node_exporter: {enabled: true, namespaces: [SHOP]}
                  postgres_exporter: {enabled: true, namespaces: [SHOP]}
                  redis_exporter: {enabled: true, namespaces: [SHOP]}
                """, Map.of(Role.POD, 8, Role.ENDPOINTSLICE, 6));

        assertThat(found.of("postgres-exporter"))
                .containsExactly("http://192.0.2.20:9187/metrics container=exporter job=postgres-exporter"
                        + " namespace=SHOP pod=db");
        assertThat(found.of("redis-exporter"))
                .containsExactly("http://192.0.2.22:9121/metrics container=exporter job=redis-exporter"
                        + " namespace=SHOP pod=cache");
        assertThat(found.of("kube-state-metrics"))
                .containsExactly("http://192.0.2.23:8080/metrics container=state job=kube-state-metrics"
                        + " namespace=SHOP pod=ksm service=state");
        assertThat(found.of("node-exporter"))
                .containsExactly("http://192.0.2.24:9100/metrics container=exporter instance=node-a job=node-exporter"
                        + " namespace=SHOP node=node-a pod=ne service=hosts");
        assertThat(found.job("kube-state-metrics").honorLabels()).isTrue();
    }

    private static String annotations(String prefix, String which) {
        String written = prefix.equals("prometheus.io") ? "" : ", annotation_prefix: " + prefix;
        return "annotations: {enabled: true, namespaces: [SHOP], " + which + written + "}";
    }

    private static Map<String, String> asking(String prefix, String... more) {
        Map<String, String> annotations = new HashMap<>(Map.of(prefix + "/scrape", "true"));
        for (int i = 0; i < more.length; i += 2) {
            annotations.put(prefix + "/" + more[i], more[i + 1]);
        }
        return annotations;
    }
}
