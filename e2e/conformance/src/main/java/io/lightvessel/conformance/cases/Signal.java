package io.lightvessel.conformance.cases;

import java.util.List;
import java.util.Locale;

/** The signals of OTLP, with where each is sent and the smallest request that carries some of it. */
enum Signal {
    TRACES("/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export") {
        @Override
        byte[] protobuf() {
            return Samples.spans().toByteArray();
        }

        @Override
        String json() {
            return Samples.spanJson("\"name\":\"conformance\"");
        }
    },
    METRICS("/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export") {
        @Override
        byte[] protobuf() {
            return Samples.points().toByteArray();
        }

        @Override
        String json() {
            return Samples.pointJson("\"timeUnixNano\":\"1700000000000000000\",\"asInt\":\"7\"");
        }
    },
    LOGS("/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export") {
        @Override
        byte[] protobuf() {
            return Samples.logs("conformance").toByteArray();
        }

        @Override
        String json() {
            return Samples.logJson("{\"stringValue\":\"conformance\"}");
        }
    },
    PROFILES(
            "/v1development/profiles", "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export") {
        @Override
        byte[] protobuf() {
            return Samples.profiles().toByteArray();
        }

        @Override
        String json() {
            return "{\"resourceProfiles\":[{\"scopeProfiles\":[{\"profiles\":[{\"timeUnixNano\":"
                    + "\"1700000000000000000\"}]}]}],\"dictionary\":{\"stringTable\":[\"\"]}}";
        }
    };

    /** Those that are stable, and so mandatory. */
    static final List<Signal> STABLE = List.of(TRACES, METRICS, LOGS);

    private final String path;
    private final String method;

    Signal(String path, String method) {
        this.path = path;
        this.method = method;
    }

    abstract byte[] protobuf();

    abstract String json();

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String path() {
        return path;
    }

    String method() {
        return method;
    }
}
