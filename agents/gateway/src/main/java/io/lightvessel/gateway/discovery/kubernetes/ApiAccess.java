package io.lightvessel.gateway.discovery.kubernetes;

import java.util.Optional;

/**
 * Where the API server is and how to prove who asks.
 *
 * @param server its URL; without one and without a kubeconfig, that of the cluster the process runs in
 * @param tls how to know the server, and a client certificate
 */
public record ApiAccess(
        Optional<String> server,
        Optional<String> kubeconfigFile,
        Optional<Credentials> credentials,
        Tls tls,
        Optional<String> proxyUrl) {

    /** The cluster this process runs in, with its pod's service account. */
    public static final ApiAccess IN_CLUSTER =
            new ApiAccess(Optional.empty(), Optional.empty(), Optional.empty(), Tls.DEFAULT, Optional.empty());

    /** With the contexts and credentials of a kubeconfig file. */
    public static ApiAccess kubeconfig(String file) {
        return new ApiAccess(Optional.empty(), Optional.of(file), Optional.empty(), Tls.DEFAULT, Optional.empty());
    }

    /** A server without credentials. */
    public static ApiAccess server(String url) {
        return new ApiAccess(Optional.of(url), Optional.empty(), Optional.empty(), Tls.DEFAULT, Optional.empty());
    }

    /** How the client proves who it is, where no certificate does. */
    public sealed interface Credentials {

        /** A token as it is. */
        record Token(String token) implements Credentials {
            @Override
            public String toString() {
                return "Token[...]";
            }
        }

        /** A token in a file that may change. */
        record TokenFile(String file) implements Credentials {}

        /** Name and password. */
        record Basic(String username, String password) implements Credentials {
            @Override
            public String toString() {
                return "Basic[" + username + "]";
            }
        }
    }

    /** TLS towards the server; PEM texts or files of them. */
    public record Tls(
            Optional<String> ca,
            Optional<String> caFile,
            Optional<String> cert,
            Optional<String> certFile,
            Optional<String> key,
            Optional<String> keyFile,
            Optional<String> serverName,
            boolean insecureSkipVerify) {

        /** The system's authorities, no client certificate. */
        public static final Tls DEFAULT = new Tls(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);

        @Override
        public String toString() {
            return "Tls[caFile=" + caFile + ", certFile=" + certFile + ", serverName=" + serverName
                    + ", insecureSkipVerify=" + insecureSkipVerify + "]";
        }
    }
}
