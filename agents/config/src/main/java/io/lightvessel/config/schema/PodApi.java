package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ObjectSchema;
import java.util.List;

/** The keys of a section metadata that say how the API server is asked about this node's pods. */
final class PodApi {
    static final ObjectSchema KEYS = keys(
            choice(
                    "api",
                    List.of("auto", "off"),
                    "auto",
                    "Whether the API server is asked about this node's pods; auto does so in a cluster, or with "
                            + "kubeconfig_file."),
            text("node_from_env_var", "K8S_NODE_NAME", "The environment variable with this node's name."),
            text("kubeconfig_file", "A kubeconfig to take server and credentials from."));

    private PodApi() {}
}
