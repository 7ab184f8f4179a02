package io.lightvessel.gateway.discovery.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * One element of {@code kubernetes_sd_configs}. Discoveries with equal configs share what they know.
 *
 * @param namespaces where to look; empty for everywhere
 * @param ownNamespace look in the namespace this process runs in as well
 * @param nodeMetadata add the labels of the node a target is on
 * @param namespaceMetadata add the labels and annotations of the namespace a target is in
 * @param clusterWide watch all namespaces even if only some are wanted: with many jobs one watch is less than many
 */
public record KubernetesSdConfig(
        Role role,
        ApiAccess access,
        List<String> namespaces,
        boolean ownNamespace,
        List<Selector> selectors,
        boolean nodeMetadata,
        boolean namespaceMetadata,
        boolean clusterWide) {

    public KubernetesSdConfig {
        namespaces = List.copyOf(namespaces);
        selectors = List.copyOf(selectors);
    }

    /** Everything of a role that the process' own service account may see. */
    public static KubernetesSdConfig of(Role role) {
        return new KubernetesSdConfig(role, ApiAccess.IN_CLUSTER, List.of(), false, List.of(), false, false, false);
    }

    Optional<Selector> selector(Role about) {
        return selectors.stream().filter(selector -> selector.role() == about).findFirst();
    }
}
