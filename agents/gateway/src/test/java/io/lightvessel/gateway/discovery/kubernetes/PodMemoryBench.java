package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/** Measures what is kept of a pod beside what the client's own objects would take. Run by hand. */
final class PodMemoryBench {

    private static final int PODS = 20_000;

    private PodMemoryBench() {}

    public static void main(String[] args) {
        MetaNames names = new MetaNames();
        List<Object> facts = new ArrayList<>(PODS);
        facts.add(PodFacts.of(names, pod(-1)));
        long before = used();
        for (int i = 0; i < PODS; i++) {
            facts.add(PodFacts.of(names, pod(i)));
        }
        long between = used();
        List<Object> objects = new ArrayList<>(PODS);
        for (int i = 0; i < PODS; i++) {
            objects.add(pod(i));
        }
        long after = used();
        System.out.printf(
                "bytes per pod: facts %d, objects %d (%d, %d kept)%n",
                (between - before) / PODS, (after - between) / PODS, facts.size(), objects.size());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** As the API server sends it: eight labels, two annotations, two containers, managed fields. */
    private static Pod pod(int i) {
        return Serialization.unmarshal("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"cart-6d5f8b7c9-%1$05d","generateName":"cart-6d5f8b7c9-",
                "namespace":"shop-%2$d","uid":"2f1c9f2e-6f0b-4a52-9b1f-0000000%1$05d","resourceVersion":"%1$d",
                "labels":{"app.kubernetes.io/name":"cart-%3$d","app.kubernetes.io/instance":"prod","tier":"front",
                "app.kubernetes.io/version":"1.2.%2$d","pod-template-hash":"6d5f8b7c9","team":"sales","env":"prod","zone":"a"},
                "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9090"},
                "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-6d5f8b7c9","uid":"u","controller":true}],
                "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",
                "fieldsV1":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"f:image":{},"f:name":{}}}}}]},
                "spec":{"nodeName":"node-%2$d","serviceAccountName":"default","containers":[
                {"name":"app","image":"registry.example/cart:1.2","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},
                {"name":"metrics","containerPort":9090,"protocol":"TCP"}],"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
                "resources":{"limits":{"cpu":"1","memory":"512Mi"},"requests":{"cpu":"100m","memory":"256Mi"}},
                "volumeMounts":[{"name":"token","mountPath":"/var/run/secrets"}]},
                {"name":"proxy","image":"registry.example/proxy:3","ports":[{"name":"admin","containerPort":15000,"protocol":"TCP"}]}],
                "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute"}],
                "volumes":[{"name":"token","projected":{"sources":[{"serviceAccountToken":{"path":"token"}}]}}]},
                "status":{"phase":"Running","podIP":"10.1.%2$d.%3$d","hostIP":"10.0.0.%2$d","qosClass":"Burstable",
                "conditions":[{"type":"Ready","status":"True"},{"type":"PodScheduled","status":"True"}],
                "containerStatuses":[{"name":"app","containerID":"containerd://0123456789abcdef0123456789abcdef%1$05d","ready":true},
                {"name":"proxy","containerID":"containerd://fedcba9876543210fedcba9876543210%1$05d","ready":true}]}}
                """.formatted(Math.abs(i), Math.abs(i % 100), Math.abs(i % 250)), Pod.class);
    }
}
