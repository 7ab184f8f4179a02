package io.lightvessel.gateway.cluster;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.lightvessel.gateway.cluster.core.Arbiter;

/** A Lease of a Kubernetes API as arbiter. */
@EnableKubernetesMockClient(crud = true)
class LeaseArbiterTest extends ArbiterContract {

    KubernetesMockServer server;

    @Override
    Arbiter arbiter() {
        return new LeaseArbiter("gateway", "monitoring", server::createClient);
    }
}
