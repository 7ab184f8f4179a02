package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' keys for an HTTP client: whoever scrapes, or asks an HTTP server for targets, has them. */
final class HttpClientKeys {

    private static final List<String> TLS_VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

    private static final ObjectSchema TLS = keys(
            text("ca", "Certificates to trust instead of the system's, in PEM."),
            text("ca_file", "A file with them; read again when it changes."),
            text("cert", "Client certificate, in PEM."),
            text("cert_file", "A file with it; read again when it changes."),
            secret(text("key", "Private key of the client certificate, in PEM.")),
            text("key_file", "A file with it; read again when it changes."),
            text("server_name", "Name to expect in the server's certificate."),
            flag("insecure_skip_verify", false, "Accept any certificate; for tests."),
            choice("min_version", TLS_VERSIONS, "Oldest version to speak; TLS12 unless written."),
            choice("max_version", TLS_VERSIONS, "Newest version to speak."));

    private static final KeySchema TLS_CONFIG = section("tls_config", TLS, "TLS towards the server.");

    private static final ObjectSchema PROXY = keys(
            url("proxy_url", "The HTTP proxy to go through."),
            text("no_proxy", "Names, addresses, domains and networks to reach without it, separated by commas."),
            flag("proxy_from_environment", false, "Take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY."),
            secret(textListMap("proxy_connect_header", "Headers for the proxy's CONNECT.")));

    private static final KeySchema HTTP_HEADERS = sectionMap(
            "http_headers",
            keys(
                    texts("values", "Values that may be seen."),
                    secret(texts("secrets", "Values that may not.")),
                    texts("files", "Files with a value each; read again when they change.")),
            "Headers added to every request.");

    private static final ObjectSchema OAUTH2 = joined(
            keys(
                    required(text("client_id", "Id of the client.")),
                    secret(text("client_secret", "Its secret.")),
                    text("client_secret_file", "A file with the secret; read again when it changes."),
                    texts("scopes", "Scopes to ask for."),
                    required(url("token_url", "Where tokens are to be had.")),
                    textMap("endpoint_params", "Parameters added to the request for a token."),
                    TLS_CONFIG,
                    HTTP_HEADERS,
                    refused("grant_type", "only client credentials; leave it out."),
                    refused("client_certificate_key", "only client secrets."),
                    refused("client_certificate_key_file", "only client secrets.")),
            PROXY);

    static final ObjectSchema KEYS = joined(
            keys(
                    optionalSection(
                            "basic_auth",
                            keys(
                                    text("username", "Name of the user."),
                                    text("username_file", "A file with it; read again when it changes."),
                                    secret(text("password", "Password of the user.")),
                                    text("password_file", "A file with it; read again when it changes.")),
                            "Basic authentication."),
                    optionalSection(
                            "authorization",
                            keys(
                                    text("type", "Bearer", "The scheme."),
                                    secret(text("credentials", "The credentials.")),
                                    text("credentials_file", "A file with them; read again when it changes.")),
                            "The Authorization header."),
                    secret(text("bearer_token", "Short for authorization::credentials.")),
                    text("bearer_token_file", "Short for authorization::credentials_file."),
                    optionalSection("oauth2", OAUTH2, "A token from an OAuth 2.0 server (client credentials)."),
                    flag("follow_redirects", true, "Follow redirects."),
                    ineffective(flag("enable_http2", true, "targets are asked over HTTP/1.1.")),
                    TLS_CONFIG,
                    HTTP_HEADERS),
            PROXY);

    private HttpClientKeys() {}

    /** @param at the path of the settings, empty or ending with {@code ::} */
    static void check(Settings http, String at, RuleReport report) {
        List<String> ways = new ArrayList<>();
        for (String way : List.of("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file")) {
            if (http.has(way)) {
                ways.add(way);
            }
        }
        if (ways.size() > 1) {
            report.error(
                    at + ways.get(1),
                    "beside " + ways.getFirst() + " (expected: one of basic_auth, authorization, oauth2, bearer_token "
                            + "and bearer_token_file)");
        }
        http.optionalSection("basic_auth").ifPresent(auth -> {
            oneOf(auth, at + "basic_auth", "username", "username_file", true, report);
            oneOf(auth, at + "basic_auth", "password", "password_file", false, report);
        });
        http.optionalSection("authorization").ifPresent(auth -> authorization(auth, at + "authorization", report));
        http.optionalSection("oauth2").ifPresent(oauth2 -> {
            oneOf(oauth2, at + "oauth2", "client_secret", "client_secret_file", true, report);
            tls(oauth2.section("tls_config"), at + "oauth2::tls_config", report);
            if (oauth2.section("tls_config").has("server_name")) {
                report.warning(
                        at + "oauth2::tls_config::server_name",
                        "has no effect: the certificate of the token server is held against the name in token_url");
            }
            proxy(oauth2, at + "oauth2::", report);
        });
        tls(http.section("tls_config"), at + "tls_config", report);
        proxy(http, at, report);
    }

    private static void authorization(Settings auth, String at, RuleReport report) {
        oneOf(auth, at, "credentials", "credentials_file", false, report);
        if (!auth.isKnown("type")) {
            return;
        }
        String type = auth.string("type").strip();
        if (type.isEmpty() || type.equalsIgnoreCase("basic")) {
            report.error(at + "::type", "'" + type + "' (expected: a scheme such as Bearer; for Basic use basic_auth)");
        }
    }

    private static void tls(Settings tls, String at, RuleReport report) {
        oneOf(tls, at, "ca", "ca_file", false, report);
        oneOf(tls, at, "cert", "cert_file", false, report);
        oneOf(tls, at, "key", "key_file", false, report);
        boolean cert = tls.has("cert") || tls.has("cert_file");
        boolean key = tls.has("key") || tls.has("key_file");
        if (cert != key) {
            report.error(at, (cert ? "cert without key" : "key without cert") + " (expected: both or neither)");
        }
        if (tls.isKnown("min_version")
                && tls.isKnown("max_version")
                && TLS_VERSIONS.indexOf(tls.string("min_version")) > TLS_VERSIONS.indexOf(tls.string("max_version"))) {
            report.error(
                    at + "::min_version",
                    tls.string("min_version") + " (expected: at most max_version, which is " + tls.string("max_version")
                            + ")");
        }
    }

    private static void proxy(Settings http, String at, RuleReport report) {
        boolean fromEnvironment = http.isKnown("proxy_from_environment") && http.flag("proxy_from_environment");
        if (fromEnvironment && (http.has("proxy_url") || http.has("no_proxy"))) {
            report.error(
                    at + "proxy_from_environment",
                    "beside " + (http.has("proxy_url") ? "proxy_url" : "no_proxy") + " (expected: one of both)");
        }
        if (!http.has("proxy_url") && !fromEnvironment) {
            for (String key : List.of("no_proxy", "proxy_connect_header")) {
                boolean written = key.equals("no_proxy") ? http.has(key) : !http.isEmptyMap(key);
                if (written) {
                    report.error(at + key, "without a proxy (expected: only beside proxy_url)");
                }
            }
        }
    }

    private static void oneOf(
            Settings settings, String at, String value, String file, boolean needed, RuleReport report) {
        if (settings.has(value) && settings.has(file)) {
            report.error(at + "::" + file, "beside " + value + " (expected: one of both)");
        } else if (needed && !settings.has(value) && !settings.has(file)) {
            report.error(at + "::" + value, "missing (expected: " + value + " or " + file + ")");
        }
    }
}
