package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys of the OTLP receiver. */
final class OtlpReceiver {

    private static final List<String> PATH_KEYS =
            List.of("traces_url_path", "metrics_url_path", "logs_url_path", "profiles_url_path");
    private static final ObjectSchema GRPC = ServerKeys.grpc("localhost:4317");
    private static final ObjectSchema HTTP = ServerKeys.http(
            "localhost:4318",
            path("traces_url_path", "/v1/traces"),
            path("metrics_url_path", "/v1/metrics"),
            path("logs_url_path", "/v1/logs"),
            path("profiles_url_path", "/v1development/profiles"));
    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "otlp",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Receives OTLP over gRPC and HTTP.",
            keys(required(section(
                    "protocols",
                    keys(
                            optionalSection("grpc", GRPC, "OTLP/gRPC; absent means off."),
                            optionalSection("http", HTTP, "OTLP/HTTP, protobuf and JSON; absent means off.")),
                    "The protocols to speak."))),
            OtlpReceiver::check);

    private OtlpReceiver() {}

    private static KeySchema path(String name, String defaultValue) {
        return text(name, defaultValue, "Path of this signal.");
    }

    private static void check(Settings settings, RuleReport report) {
        if (!settings.has("protocols")) {
            return;
        }
        Settings protocols = settings.section("protocols");
        if (!protocols.has("grpc") && !protocols.has("http")) {
            report.error("protocols", "no protocol (expected: grpc, http or both)");
        }
        protocols.optionalSection("grpc").ifPresent(grpc -> ServerKeys.check(grpc, "protocols::grpc", report));
        protocols.optionalSection("http").ifPresent(http -> {
            ServerKeys.check(http, "protocols::http", report);
            paths(http, report);
        });
    }

    private static void paths(Settings http, RuleReport report) {
        Set<String> seen = new HashSet<>();
        for (String key : PATH_KEYS) {
            if (http.isKnown(key) && !seen.add(absolute(http.string(key)))) {
                report.error(
                        "protocols::http::" + key, http.string(key) + " (expected: another path than other signals')");
            }
        }
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
