package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.httpclient.HttpClientConfig;
import java.util.Optional;

/**
 * Where the API server is and how to prove who asks.
 *
 * @param server its URL; without one and without a kubeconfig, that of the cluster the process runs in
 * @param client credentials and TLS towards {@code server}; a kubeconfig and a service account bring their own
 */
public record ApiAccess(Optional<String> server, Optional<String> kubeconfigFile, HttpClientConfig client) {

    /** The cluster this process runs in, with its pod's service account. */
    public static final ApiAccess IN_CLUSTER =
            new ApiAccess(Optional.empty(), Optional.empty(), HttpClientConfig.DEFAULT);

    /** With the contexts and credentials of a kubeconfig file. */
    public static ApiAccess kubeconfig(String file) {
        return new ApiAccess(Optional.empty(), Optional.of(file), HttpClientConfig.DEFAULT);
    }

    /** A server without credentials. */
    public static ApiAccess server(String url) {
        return new ApiAccess(Optional.of(url), Optional.empty(), HttpClientConfig.DEFAULT);
    }
}
