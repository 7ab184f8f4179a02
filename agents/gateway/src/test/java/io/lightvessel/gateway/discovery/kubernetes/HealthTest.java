package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.testing.Fault;
import io.lightvessel.gateway.testing.FaultProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said when the API server refuses, does not know or does not answer; on the mock, which does so on demand. */
class HealthTest {

    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = TestCluster.mock(MOCK);
    private final KubernetesApis apis = new KubernetesApis();
    private final List<Discovery> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Discovery::close);
        apis.close();
        cluster.close();
    }

    @Test
    void aMissingRightIsNamedAndTargetsComeOnceItIsGiven() {
        MOCK.refuse("/namespaces/" + cluster.shop() + "/pods", 403);
        HeardTargets heard = start(cluster.config(Role.POD));

        heard.awaitProblem(Objects::nonNull);
        assertThat(heard.problem())
                .isEqualTo(
                        "pods in namespace " + cluster.shop() + ": not allowed (expected: a role with the verbs list "
                                + "and watch for the resource pods of the core API group)");

        MOCK.allow("/namespaces/" + cluster.shop() + "/pods");
        cluster.pod(cluster.shop(), "cart-1", Map.of(), "192.0.2.10");

        heard.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
        heard.awaitProblem(Objects::isNull);
    }

    @Test
    void withoutTheRightToPodsSlicesMakeNoTargetsAtAll() {
        MOCK.refuse("/namespaces/" + cluster.shop() + "/pods", 403);

        HeardTargets heard = start(cluster.config(Role.ENDPOINTSLICE));

        heard.awaitProblem(problem -> problem != null && problem.startsWith("pods in namespace"));
        assertThat(heard.targets()).isEmpty();
        MOCK.allow("/namespaces/" + cluster.shop() + "/pods");
    }

    @Test
    void anApiServerThatIsAwayIsToldAndFoundAgainWithTargetsKept() throws IOException {
        cluster.pod(cluster.shop(), "cart-1", Map.of(), "192.0.2.10");
        try (FaultProxy proxy = new FaultProxy(MOCK.port())) {
            HeardTargets heard = start(KubernetesSdConfig.of(
                    Role.POD, ApiAccess.server("http://localhost:" + proxy.port()), cluster.shop()));
            heard.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");

            proxy.set(new Fault.Down());
            heard.awaitProblem(Objects::nonNull);
            assertThat(heard.targets()).hasSize(2);
            cluster.pod(cluster.shop(), "cart-2", Map.of(), "192.0.2.11");

            proxy.set(new Fault.None());
            heard.await(targets -> targets.size() == 4);
            heard.awaitProblem(Objects::isNull);
        }
    }

    @Test
    void aKubeconfigThatIsNotThereIsNamed() {
        HeardTargets heard = start(KubernetesSdConfig.of(
                Role.POD,
                new ApiAccess(Optional.empty(), Optional.of("/nowhere/kubeconfig"), HttpClientConfig.DEFAULT)));

        heard.awaitProblem(Objects::nonNull);
        assertThat(heard.problem())
                .isEqualTo("kubeconfig_file: '/nowhere/kubeconfig' cannot be read (expected: a kubeconfig file)");
    }

    private HeardTargets start(KubernetesSdConfig config) {
        HeardTargets heard = new HeardTargets();
        Discovery discovery = apis.discovery(config);
        started.add(discovery);
        discovery.start(heard);
        return heard;
    }
}
