package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import java.util.List;

/** The section {@code kubernetes} of a prometheus receiver. */
public record KubernetesSection(
        ApiAccess access,
        Monitors serviceMonitors,
        Monitors podMonitors,
        Annotations annotations,
        Nodes nodes,
        List<Preset> presets) {

    /**
     * Monitors of one kind.
     *
     * @param namespaces where to look for them; empty for everywhere
     * @param selector a label selector they must fit; empty for none
     */
    public record Monitors(
            boolean enabled,
            List<String> namespaces,
            String selector,
            boolean endpointSlices,
            boolean fileReferences) {}

    /** Pods and services that ask to be scraped. */
    public record Annotations(
            boolean enabled, String prefix, boolean pods, boolean services, List<String> namespaces, String selector) {}

    /** Kubelets. */
    public record Nodes(
            boolean enabled,
            String selector,
            boolean viaApiServer,
            boolean cadvisor,
            boolean probes,
            boolean resource,
            boolean insecureSkipVerify) {}

    /** A well-known exporter that is to be scraped. */
    public record Preset(String name, List<String> namespaces) {}

    public static KubernetesSection of(Settings settings) {
        Settings annotations = settings.section("annotations");
        Settings nodes = settings.section("nodes");
        Settings presets = settings.section("presets");
        return new KubernetesSection(
                new ApiAccess(
                        settings.optionalString("api_server"),
                        settings.optionalString("kubeconfig_file"),
                        HttpClientConfig.DEFAULT),
                monitors(
                        settings.section("service_monitors"),
                        settings.section("service_monitors").string("role").equals("endpointslice")),
                monitors(settings.section("pod_monitors"), true),
                new Annotations(
                        annotations.flag("enabled"),
                        annotations.string("annotation_prefix"),
                        annotations.flag("pods"),
                        annotations.flag("services"),
                        annotations.strings("namespaces"),
                        annotations.string("selector")),
                new Nodes(
                        nodes.flag("enabled"),
                        nodes.string("selector"),
                        nodes.string("via").equals("api_server"),
                        nodes.flag("cadvisor"),
                        nodes.flag("probes"),
                        nodes.flag("resource"),
                        nodes.flag("insecure_skip_verify")),
                PresetJobs.NAMES.stream()
                        .filter(name -> presets.section(name).flag("enabled"))
                        .map(name -> new Preset(name, presets.section(name).strings("namespaces")))
                        .toList());
    }

    private static Monitors monitors(Settings settings, boolean endpointSlices) {
        return new Monitors(
                settings.flag("enabled"),
                settings.strings("namespaces"),
                settings.string("selector"),
                endpointSlices,
                settings.flag("file_references"));
    }
}
