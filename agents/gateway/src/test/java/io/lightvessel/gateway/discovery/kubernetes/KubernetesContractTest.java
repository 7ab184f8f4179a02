package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.DiscoveryContract;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

class KubernetesContractTest extends DiscoveryContract {

    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = new TestCluster(MOCK);
    private final KubernetesApis apis = new KubernetesApis();
    private int pods;

    @Override
    protected Discovery discovery() {
        return apis.discovery(cluster.config(Role.POD));
    }

    @Override
    protected Set<String> publish(int targets) {
        for (; pods < targets; pods++) {
            cluster.pod(cluster.shop(), "pod-" + pods, Map.of(), address(pods));
        }
        while (pods > targets) {
            cluster.client()
                    .pods()
                    .inNamespace(cluster.shop())
                    .withName("pod-" + --pods)
                    .withGracePeriod(0)
                    .delete();
        }
        Set<String> addresses = new TreeSet<>();
        for (int i = 0; i < targets; i++) {
            addresses.add(address(i) + ":9090");
            addresses.add(address(i) + ":8080");
        }
        return addresses;
    }

    private static String address(int pod) {
        return "192.0.2." + (10 + pod);
    }

    @AfterEach
    void stop() {
        apis.close();
        cluster.close();
    }
}
