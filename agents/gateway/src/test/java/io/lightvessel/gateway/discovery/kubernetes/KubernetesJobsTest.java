package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** On the mock: a real cluster need not have the operator's resources. */
class KubernetesJobsTest {

    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = TestCluster.mock(MOCK);
    private final KubernetesApis apis = new KubernetesApis();
    private final List<KubernetesJobs> started = new ArrayList<>();
    private final HeardJobs heard = new HeardJobs();

    @AfterEach
    void close() {
        started.forEach(KubernetesJobs::close);
        apis.close();
        cluster.close();
    }

    @Test
    void monitorsComeChangeAndGoWithoutDisturbingOthers() {
        start(monitors());
        monitor("ServiceMonitor", "cart", "{selector: {}, endpoints: [{port: web}, {port: admin}]}");
        monitor("PodMonitor", "mail", "{selector: {}, podMetricsEndpoints: [{port: web, interval: 15s}]}");
        heard.awaitJobs(service("cart", 0), service("cart", 1), pod("mail", 0));
        ScrapeConfig mail = heard.jobs().get(pod("mail", 0));
        assertThat(mail.targets().interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(heard.jobs().get(service("cart", 0)).targets().interval())
                .as("the receiver's own")
                .isEqualTo(Duration.ofSeconds(40));

        monitor("ServiceMonitor", "cart", "{selector: {}, endpoints: [{port: web, path: /other}]}");
        heard.awaitJobs(service("cart", 0), pod("mail", 0));
        assertThat(heard.jobs().get(service("cart", 0)).targets().path()).isEqualTo("/other");

        remove("ServiceMonitor", "cart");
        heard.awaitJobs(pod("mail", 0));
        assertThat(heard.jobs().get(pod("mail", 0))).isSameAs(mail);
        assertThat(heard.events())
                .filteredOn(event -> event.endsWith(pod("mail", 0)))
                .hasSize(1);
        assertThat(heard.problem()).isNull();
    }

    @Test
    void anInvalidMonitorIsNamedAndOthersGoOn() {
        KubernetesJobs jobs = start(monitors());
        monitor("ServiceMonitor", "cart", "{endpoints: [{port: web, interval: often}]}");
        monitor("ServiceMonitor", "mail", "{scrapeClass: fast, endpoints: [{port: web}]}");

        heard.awaitJobs(service("mail", 0));
        heard.await(all -> all.problem() != null);
        assertThat(heard.problem())
                .startsWith("ServiceMonitor " + cluster.shop() + "/cart: scrape_interval: 'often' (expected: ");
        assertThat(jobs.monitors())
                .anySatisfy(status -> {
                    assertThat(status.title()).isEqualTo("ServiceMonitor " + cluster.shop() + "/cart");
                    assertThat(status.problem()).isPresent();
                    assertThat(status.jobs()).isEmpty();
                })
                .anySatisfy(status -> {
                    assertThat(status.jobs()).containsExactly(service("mail", 0));
                    assertThat(status.notes()).hasSize(1);
                });

        monitor("ServiceMonitor", "cart", "{endpoints: [{port: web, interval: 5s, scrapeTimeout: 3s}]}");
        heard.awaitJobs(service("mail", 0), service("cart", 0));
        heard.await(all -> all.problem() == null);
    }

    @Test
    void secretsArePutInPlaceAndMissingOnesNamed() {
        start(monitors());
        monitor(
                "ServiceMonitor",
                "cart",
                "{endpoints: [{port: web, basicAuth: {username: {name: login, key: user}, password: {name: login, key: "
                        + "password}}}]}");
        heard.await(all -> all.problem() != null);
        assertThat(heard.problem())
                .isEqualTo("ServiceMonitor " + cluster.shop() + "/cart: spec.endpoints[0].basicAuth.username: Secret "
                        + cluster.shop() + "/login or its key 'user' is not there");

        cluster.client()
                .secrets()
                .inNamespace(cluster.shop())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName("late")
                        .endMetadata()
                        .addToData("user", "c2NyYXBlcg==")
                        .addToData("password", "JHtlbnY6UEFUSH0=")
                        .build())
                .create();
        monitor(
                "ServiceMonitor",
                "cart",
                "{endpoints: [{port: web, basicAuth: {username: {name: late, key: user}, password: {name: late, key: "
                        + "password}}}]}");

        ScrapeConfig job = heard.awaitJob(service("cart", 0), _ -> true);
        assertThat(job.http().credentials())
                .as("a placeholder in a secret stays what it is")
                .isEqualTo(new Credentials.Basic(
                        new SecretText.Inline("scraper"), Optional.of(new SecretText.Inline("${env:PATH}"))));
        assertThat(MOCK.requests())
                .as("no right to list or watch secrets is needed")
                .filteredOn(request -> request.contains(cluster.shop() + "/secrets") && request.startsWith("GET"))
                .allMatch(request -> request.matches("GET .*/secrets/(login|late)"));
    }

    @Test
    void monitorsAreFoundOnceTheirDefinitionIsInstalled() {
        MOCK.refuse("/namespaces/" + cluster.shop() + "/podmonitors", 404);
        start(monitors());
        heard.await(all -> all.problem() != null);
        assertThat(heard.problem())
                .isEqualTo("podmonitors.monitoring.coreos.com in namespace " + cluster.shop() + ": the API server does "
                        + "not know the resource (expected: the CustomResourceDefinition "
                        + "podmonitors.monitoring.coreos.com)");

        MOCK.allow("/namespaces/" + cluster.shop() + "/podmonitors");
        monitor("PodMonitor", "mail", "{podMetricsEndpoints: [{port: web}]}");

        heard.awaitJobs(pod("mail", 0));
        heard.await(all -> all.problem() == null);
    }

    @Test
    void aMonitorsJobFindsItsTargets() {
        start(monitors());
        cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        monitor("PodMonitor", "cart", "{selector: {matchLabels: {app: cart}}, podMetricsEndpoints: [{port: metrics}]}");
        ScrapeConfig job = heard.awaitJob(pod("cart", 0), _ -> true);

        HeardTargets targets = new HeardTargets();
        try (var discovery =
                apis.discovery((DiscoveryConfig.Kubernetes) job.discoveries().getFirst())) {
            discovery.start(targets);
            targets.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
        }
    }

    @Test
    void sectionsBecomeJobsThatPassEveryCheck() {
        start("""
                annotations: {enabled: true, annotation_prefix: example.io}
                nodes: {enabled: true, probes: true, resource: true, via: api_server}
                presets:
                  kube_state_metrics: {enabled: true}
                  node_exporter: {enabled: true, namespaces: [monitoring]}
                  postgres_exporter: {enabled: true}
                  redis_exporter: {enabled: true}
                """);

        heard.awaitJobs(
                "kubernetes-pods",
                "kubernetes-services",
                "kubernetes-nodes",
                "kubernetes-nodes-cadvisor",
                "kubernetes-nodes-probes",
                "kubernetes-nodes-resource",
                "kube-state-metrics",
                "node-exporter",
                "postgres-exporter",
                "redis-exporter");
        assertThat(heard.problem()).isNull();
    }

    private String monitors() {
        return """
                service_monitors: {enabled: true, namespaces: [%1$s]}
                pod_monitors: {enabled: true, namespaces: [%1$s]}
                """.formatted(cluster.shop());
    }

    private KubernetesJobs start(String section) {
        String text = "config: {global: {scrape_interval: 40s}}\nkubernetes:\n  api_server: "
                + cluster.access().server().orElseThrow() + "\n" + section.indent(2);
        ComponentParser.Outcome outcome =
                ComponentParser.parse(ComponentKind.RECEIVER, "prometheus", text, Environment.of(Map.of()));
        assertThat(outcome.findings()).isEmpty();
        Settings settings = outcome.settings().orElseThrow();
        KubernetesJobs jobs = new KubernetesJobs(apis, ComponentId.parse("prometheus"), settings);
        started.add(jobs);
        jobs.start(heard);
        return jobs;
    }

    private void monitor(String kind, String name, String spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("monitoring.coreos.com/v1");
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.shop())
                .withName(name)
                .build());
        object.setAdditionalProperty("spec", new Load(LoadSettings.builder().build()).loadFromString(spec));
        cluster.client()
                .genericKubernetesResources(context(kind))
                .inNamespace(cluster.shop())
                .resource(object)
                .createOr(NonDeletingOperation::update);
    }

    private void remove(String kind, String name) {
        cluster.client()
                .genericKubernetesResources(context(kind))
                .inNamespace(cluster.shop())
                .withName(name)
                .delete();
    }

    private String service(String name, int index) {
        return "serviceMonitor/" + cluster.shop() + "/" + name + "/" + index;
    }

    private String pod(String name, int index) {
        return "podMonitor/" + cluster.shop() + "/" + name + "/" + index;
    }

    private static ResourceDefinitionContext context(String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("monitoring.coreos.com")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(kind.equals("PodMonitor") ? "podmonitors" : "servicemonitors")
                .withNamespaced(true)
                .build();
    }
}
