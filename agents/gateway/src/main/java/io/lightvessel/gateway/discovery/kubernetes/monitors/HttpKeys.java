package io.lightvessel.gateway.discovery.kubernetes.monitors;

import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorReferences.Holder;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorReferences.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates how an endpoint is reached: TLS, proxies and credentials, with what Secrets hold put in place. */
final class HttpKeys {

    private final String namespace;
    private final MonitorReferences references;
    private final boolean files;

    HttpKeys(String namespace, MonitorReferences references, boolean files) {
        this.namespace = namespace;
        this.references = references;
        this.files = files;
    }

    void put(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        endpoint.flag("followRedirects").ifPresent(flag -> job.put("follow_redirects", flag));
        endpoint.flag("enableHttp2").ifPresent(flag -> job.put("enable_http2", flag));
        proxy(job, endpoint);
        oauth2(job, endpoint);
        tls(job, endpoint);
        file(endpoint, "bearerTokenFile").ifPresent(path -> job.put("bearer_token_file", path));
        secret(endpoint, "bearerTokenSecret").ifPresent(token -> job.put("bearer_token", token));
        if (endpoint.has("basicAuth")) {
            Fields basic = endpoint.fields("basicAuth");
            Map<String, Object> auth = new LinkedHashMap<>();
            secret(basic, "username").ifPresent(text -> auth.put("username", text));
            secret(basic, "password").ifPresent(text -> auth.put("password", text));
            job.put("basic_auth", auth);
        }
        if (endpoint.has("authorization")) {
            Fields authorization = endpoint.fields("authorization");
            Map<String, Object> auth = new LinkedHashMap<>();
            auth.put("type", authorization.text("type").map(String::strip).orElse("Bearer"));
            secret(authorization, "credentials").ifPresent(text -> auth.put("credentials", text));
            job.put("authorization", auth);
        }
    }

    private void proxy(Map<String, Object> to, Fields from) throws InvalidMonitorException {
        from.text("proxyUrl").ifPresent(text -> to.put("proxy_url", text));
        from.text("noProxy").ifPresent(text -> to.put("no_proxy", text));
        from.flag("proxyFromEnvironment").ifPresent(flag -> to.put("proxy_from_environment", flag));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, List<?>> header :
                from.listMap("proxyConnectHeader").entrySet()) {
            List<String> values = new ArrayList<>();
            String path = from.path("proxyConnectHeader." + header.getKey());
            for (Fields selector : Fields.each(header.getValue(), path)) {
                selected(selector, MonitorReferences.Kind.SECRET, path).ifPresent(values::add);
            }
            headers.put(header.getKey(), values);
        }
        if (!headers.isEmpty()) {
            to.put("proxy_connect_header", headers);
        }
    }

    private void oauth2(Map<String, Object> job, Fields endpoint) throws InvalidMonitorException {
        if (!endpoint.has("oauth2")) {
            return;
        }
        Fields from = endpoint.fields("oauth2");
        Map<String, Object> oauth2 = new LinkedHashMap<>();
        either(from, "clientId").ifPresent(text -> oauth2.put("client_id", text));
        secret(from, "clientSecret").ifPresent(text -> oauth2.put("client_secret", text));
        from.text("tokenUrl").ifPresent(text -> oauth2.put("token_url", text));
        List<String> scopes = from.texts("scopes");
        if (!scopes.isEmpty()) {
            oauth2.put("scopes", scopes);
        }
        Map<String, String> params = from.textMap("endpointParams");
        if (!params.isEmpty()) {
            oauth2.put("endpoint_params", params);
        }
        tls(oauth2, from);
        proxy(oauth2, from);
        job.put("oauth2", oauth2);
    }

    private void tls(Map<String, Object> to, Fields from) throws InvalidMonitorException {
        if (!from.has("tlsConfig")) {
            return;
        }
        Fields given = from.fields("tlsConfig");
        Map<String, Object> tls = new LinkedHashMap<>();
        given.flag("insecureSkipVerify").ifPresent(flag -> tls.put("insecure_skip_verify", flag));
        either(given, "ca").ifPresent(pem -> tls.put("ca", pem));
        either(given, "cert").ifPresent(pem -> tls.put("cert", pem));
        secret(given, "keySecret").ifPresent(pem -> tls.put("key", pem));
        given.text("serverName").ifPresent(text -> tls.put("server_name", text));
        given.text("minVersion").ifPresent(text -> tls.put("min_version", text));
        given.text("maxVersion").ifPresent(text -> tls.put("max_version", text));
        file(given, "caFile").ifPresent(path -> tls.put("ca_file", path));
        file(given, "certFile").ifPresent(path -> tls.put("cert_file", path));
        file(given, "keyFile").ifPresent(path -> tls.put("key_file", path));
        to.put("tls_config", tls);
    }

    private Optional<String> file(Fields from, String key) throws InvalidMonitorException {
        Optional<String> path = from.text(key);
        if (path.isPresent() && !files) {
            throw new InvalidMonitorException(from.path(key)
                    + ": a file of the gateway (expected: a Secret, or file_references: true in the receiver, with which "
                    + "whoever may write monitors can have the gateway's files sent anywhere)");
        }
        return path;
    }

    /** A value that a Secret or a ConfigMap holds. */
    private Optional<String> either(Fields from, String key) throws InvalidMonitorException {
        Fields choice = from.fields(key);
        if (choice.has("secret")) {
            return selected(choice.fields("secret"), MonitorReferences.Kind.SECRET, choice.path("secret"));
        }
        if (choice.has("configMap")) {
            return selected(choice.fields("configMap"), MonitorReferences.Kind.CONFIG_MAP, choice.path("configMap"));
        }
        return Optional.empty();
    }

    private Optional<String> secret(Fields from, String key) throws InvalidMonitorException {
        return selected(from.fields(key), MonitorReferences.Kind.SECRET, from.path(key));
    }

    /** A selector without a name selects nothing, as the operator has it. */
    private Optional<String> selected(Fields selector, MonitorReferences.Kind kind, String path)
            throws InvalidMonitorException {
        Optional<String> name = selector.text("name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Holder holder = new Holder(kind, namespace, name.get());
        String key = selector.text("key").orElse("");
        Optional<String> value = references.value(new Reference(holder, key));
        if (value.isEmpty() && !selector.flag("optional").orElse(false)) {
            throw new InvalidMonitorException(path + ": " + holder + " or its key '" + key + "' is not there");
        }
        return value;
    }
}
