package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of {@code kubernetes_sd_configs}. Discoveries with equal configs share what they know.
 *
 * @param namespaces where to look; empty for everywhere
 * @param ownNamespace look in the namespace this process runs in as well
 * @param nodeMetadata add the labels of the node a target is on
 * @param namespaceMetadata add the labels and annotations of the namespace a target is in
 */
public record KubernetesSdConfig(
        Role role,
        ApiAccess access,
        List<String> namespaces,
        boolean ownNamespace,
        List<Selector> selectors,
        boolean nodeMetadata,
        boolean namespaceMetadata) {

    public KubernetesSdConfig {
        namespaces = List.copyOf(namespaces);
        selectors = List.copyOf(selectors);
    }

    /** Everything of a role in some namespaces, or in all if there are none. */
    public static KubernetesSdConfig of(Role role, ApiAccess access, String... namespaces) {
        return new KubernetesSdConfig(role, access, List.of(namespaces), false, List.of(), false, false);
    }

    /** As a job has it. */
    public static KubernetesSdConfig of(DiscoveryConfig.Kubernetes config) {
        Settings settings = config.settings();
        Settings namespaces = settings.section("namespaces");
        Settings attach = settings.section("attach_metadata");
        List<Selector> selectors = new ArrayList<>();
        for (Settings selector : settings.sections("selectors")) {
            selectors.add(new Selector(
                    Role.of(selector.string("role")),
                    selector.optionalString("label").orElse(""),
                    selector.optionalString("field").orElse("")));
        }
        return new KubernetesSdConfig(
                Role.of(settings.string("role")),
                new ApiAccess(
                        settings.optionalString("api_server"),
                        settings.optionalString("kubeconfig_file"),
                        config.client()),
                namespaces.strings("names"),
                namespaces.flag("own_namespace"),
                selectors,
                attach.flag("node"),
                attach.flag("namespace"));
    }

    Optional<Selector> selector(Role about) {
        return selectors.stream().filter(selector -> selector.role() == about).findFirst();
    }
}
