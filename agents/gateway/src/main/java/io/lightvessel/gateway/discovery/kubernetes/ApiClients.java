package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.gateway.httpclient.TlsConfig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Makes clients of API servers. */
final class ApiClients {

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    /** Doubled with every attempt, up to 8 s. */
    private static final int RECONNECT_MILLIS = 250;

    private static final int CONNECT_MILLIS = 10_000;

    private ApiClients() {}

    /** @throws IOException with a sentence for people when what the access names cannot be had */
    static KubernetesClient make(ApiAccess access, Executor tasks) throws IOException {
        Config config = new ConfigBuilder(base(access))
                // Informers wait and try again by themselves; here a failure is to be told at once.
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(RECONNECT_MILLIS)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withUserAgent("lightvessel")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withTaskExecutor(tasks)
                .build();
    }

    /** The namespace this process' pod is in; empty when it is in none. */
    static String ownNamespace() {
        try {
            return Files.readString(SERVICE_ACCOUNT.resolve("namespace")).strip();
        } catch (IOException e) {
            String fromDownwardApi = System.getenv("POD_NAMESPACE");
            return fromDownwardApi == null ? "" : fromDownwardApi;
        }
    }

    private static Config base(ApiAccess access) throws IOException {
        if (access.kubeconfigFile().isPresent()) {
            return kubeconfig(access.kubeconfigFile().get(), "kubeconfig_file");
        }
        if (access.server().isPresent()) {
            return explicit(access.client(), access.server().get());
        }
        String host = System.getenv("KUBERNETES_SERVICE_HOST");
        if (host != null && Files.exists(SERVICE_ACCOUNT.resolve("token"))) {
            return inCluster(host);
        }
        String file = System.getenv("KUBECONFIG");
        if (file != null && !file.isBlank()) {
            return kubeconfig(file, "KUBECONFIG");
        }
        throw new IOException("not in a cluster: no service account in " + SERVICE_ACCOUNT
                + " (expected: a pod, or api_server or kubeconfig_file)");
    }

    private static Config kubeconfig(String name, String from) throws IOException {
        File file = new File(name);
        if (!file.canRead()) {
            throw new IOException(from + ": '" + name + "' cannot be read (expected: a kubeconfig file)");
        }
        try {
            return Config.fromKubeconfig(file);
        } catch (RuntimeException e) {
            // The parser's own words may quote the file, with what is secret in it.
            throw new IOException(from + ": '" + name + "' is damaged (expected: a kubeconfig file)", e);
        }
    }

    private static Config inCluster(String host) {
        String port = System.getenv("KUBERNETES_SERVICE_PORT");
        String address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        Path token = SERVICE_ACCOUNT.resolve("token");
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + (port == null ? "443" : port) + "/")
                .withCaCertFile(SERVICE_ACCOUNT.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    private static Config explicit(HttpClientConfig client, String server) throws IOException {
        ConfigBuilder config = new ConfigBuilder(Config.empty()).withMasterUrl(server);
        switch (client.credentials()) {
            case Credentials.Header(String scheme, Optional<SecretText> token) -> {
                if (!scheme.equalsIgnoreCase("Bearer")) {
                    throw new IOException("authorization: " + scheme + " (expected: Bearer, towards an API server)");
                }
                token.ifPresent(secret -> {
                    switch (secret) {
                        case SecretText.Inline(String text) -> config.withOauthToken(text);
                        case SecretText.InFile(Path path) -> config.withOauthTokenProvider(() -> read(path));
                    }
                });
            }
            case Credentials.Basic basic ->
                config.withUsername(text(basic.username()))
                        .withPassword(
                                basic.password().isPresent()
                                        ? text(basic.password().get())
                                        : "");
            case Credentials.OAuth2 _ -> throw new IOException("oauth2 (expected: another way, towards an API server)");
            case Credentials.None _ -> {
                // A client certificate may do, or nobody asks.
            }
        }
        TlsConfig tls = client.tls();
        put(tls.ca(), config::withCaCertData, config::withCaCertFile);
        put(tls.cert(), config::withClientCertData, config::withClientCertFile);
        put(tls.key(), config::withClientKeyData, config::withClientKeyFile);
        tls.serverName().ifPresent(config::withTlsServerName);
        if (tls.insecureSkipVerify()) {
            config.withTrustCerts(true).withDisableHostnameVerification(true);
        }
        client.proxy()
                .url()
                .ifPresent(proxy -> config.withHttpProxy(proxy.toString()).withHttpsProxy(proxy.toString()));
        return config.build();
    }

    private static String text(SecretText secret) throws IOException {
        return switch (secret) {
            case SecretText.Inline(String text) -> text;
            case SecretText.InFile(Path path) -> Files.readString(path).strip();
        };
    }

    /** The client wants texts in Base64. */
    private static void put(Optional<SecretText> pem, Consumer<String> data, Consumer<String> file) {
        pem.ifPresent(secret -> {
            switch (secret) {
                case SecretText.Inline(String text) -> data.accept(encoded(text));
                case SecretText.InFile(Path path) -> file.accept(path.toString());
            }
        });
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Tokens of service accounts are replaced every hour, so it is read for each request: a page that is in memory. */
    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            // Without a token the server refuses, and that is told with what it was for.
            return "";
        }
    }
}
