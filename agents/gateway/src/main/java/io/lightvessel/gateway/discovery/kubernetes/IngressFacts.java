package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.NAMESPACE;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of an ingress: its labels with that of its namespace, and what it routes. */
record IngressFacts(String namespace, String name, Map<String, String> labels, List<Route> routes) {

    /** A path of a host. */
    record Route(String scheme, String host, String path) {}

    static IngressFacts of(MetaNames names, Ingress ingress) {
        IngressSpec spec = ingress.getSpec() == null ? new IngressSpec() : ingress.getSpec();
        String namespace = names.shared(ingress.getMetadata().getNamespace());
        Map<String, String> labels = new HashMap<>();
        put(labels, NAMESPACE, namespace);
        if (spec.getIngressClassName() != null) {
            put(labels, PREFIX + "ingress_class_name", names.shared(spec.getIngressClassName()));
        }
        names.putMeta(labels, "ingress", ingress.getMetadata());
        List<Route> routes = new ArrayList<>();
        for (IngressRule rule : spec.getRules()) {
            String host = text(rule.getHost());
            String scheme = isSecured(spec, host) ? "https" : "http";
            for (String path : paths(rule)) {
                routes.add(new Route(scheme, host, path));
            }
        }
        return new IngressFacts(namespace, ingress.getMetadata().getName(), Map.copyOf(labels), List.copyOf(routes));
    }

    private static List<String> paths(IngressRule rule) {
        if (rule.getHttp() == null) {
            return List.of("/");
        }
        List<String> paths = new ArrayList<>();
        for (HTTPIngressPath path : rule.getHttp().getPaths()) {
            paths.add(text(path.getPath()).isEmpty() ? "/" : path.getPath());
        }
        return paths;
    }

    private static boolean isSecured(IngressSpec spec, String host) {
        for (IngressTLS tls : spec.getTls()) {
            for (String pattern : tls.getHosts()) {
                if (matches(pattern, host)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a host is the pattern, or fits one whose first label is a star. */
    static boolean matches(String pattern, String host) {
        if (pattern.equals(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        return pattern.startsWith("*.") && dot >= 0 && pattern.substring(1).equals(host.substring(dot));
    }
}
