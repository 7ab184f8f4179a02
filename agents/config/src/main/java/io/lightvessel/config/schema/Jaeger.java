package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.optionalSection;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.section;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the jaeger receiver. */
final class Jaeger {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "jaeger",
            Stability.BETA,
            Set.of(Signal.TRACES),
            "Receives Jaeger's spans over gRPC and as Thrift over HTTP.",
            keys(required(section(
                    "protocols",
                    keys(
                            optionalSection(
                                    "grpc",
                                    ServerKeys.grpc("localhost:14250"),
                                    "Protobuf over gRPC; absent means off."),
                            optionalSection(
                                    "thrift_http",
                                    ServerKeys.http("localhost:14268"),
                                    "Thrift over HTTP on /api/traces; absent means off.")),
                    "The protocols to speak."))),
            Jaeger::check);

    private Jaeger() {}

    private static void check(Settings settings, RuleReport report) {
        Settings protocols = settings.section("protocols");
        if (!protocols.has("grpc") && !protocols.has("thrift_http")) {
            report.error("protocols", "no protocol (expected: grpc, thrift_http or both)");
        }
        protocols.optionalSection("grpc").ifPresent(grpc -> ServerKeys.check(grpc, "protocols::grpc", report));
        protocols
                .optionalSection("thrift_http")
                .ifPresent(http -> ServerKeys.check(http, "protocols::thrift_http", report));
    }
}
