package io.lightvessel.collector.kubernetes;

import io.lightvessel.config.Settings;
import java.util.Map;
import java.util.Optional;

/**
 * How a receiver was told to ask the API server about this node's pods.
 *
 * @param nodeVariable the environment variable that has the node's name
 */
public record ApiAccess(boolean allowed, Optional<String> kubeconfig, String nodeVariable) {

    /** @param settings a receiver's section metadata */
    public static ApiAccess of(Settings settings) {
        return new ApiAccess(
                settings.string("api").equals("auto"),
                settings.optionalString("kubeconfig_file"),
                settings.string("node_from_env_var"));
    }

    public PodDirectory open(Map<String, String> environment) {
        return allowed ? WatchedPods.open(kubeconfig, environment.getOrDefault(nodeVariable, "")) : PodDirectory.NONE;
    }
}
