package io.lightvessel.bench;

import io.lightvessel.bench.load.Coding;
import io.lightvessel.bench.load.LoadPlan;
import io.lightvessel.bench.load.Telemetry;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of OTLP in, OTLP out.
 *
 * @param seconds measured
 * @param warmUp seconds at least before that
 * @param rate records per second that are offered; 0 for as many as the agent takes
 * @param overload how many times what the agent takes is offered; 0 for no overload
 * @param connections to the agent, more in an overload
 */
record OtlpOptions(
        Telemetry telemetry,
        boolean grpc,
        Coding coding,
        Processing processing,
        int seconds,
        int warmUp,
        int batch,
        long rate,
        int overload,
        int connections,
        int streams,
        @Nullable String peer,
        @Nullable Path record) {

    static final OtlpOptions DEFAULTS =
            new OtlpOptions(Telemetry.LOGS, true, Coding.NONE, Processing.PASS, 10, 10, 1000, 0, 0, 4, 4, null, null);

    /** Names the measurement among others. */
    String name() {
        String name =
                telemetry.label() + " " + (grpc ? "grpc" : "http") + " " + coding.label() + " " + processing.label();
        if (batch != DEFAULTS.batch) {
            name += " of " + batch;
        }
        if (rate > 0) {
            name += " at " + rate / 1000 + "k/s";
        }
        return overload > 0 ? name + " overload x" + overload : name;
    }

    LoadPlan plan() {
        // HTTP/1.1 has one call at a time on a connection.
        int connected = grpc ? connections : connections * streams;
        return new LoadPlan(
                telemetry, grpc, coding, batch, processing.attributes(), processing.isOneToOne(), connected, streams);
    }

    OtlpOptions withTelemetry(Telemetry changed) {
        return with(draft -> draft.telemetry = changed);
    }

    OtlpOptions withProtocol(boolean isGrpc) {
        return with(draft -> draft.grpc = isGrpc);
    }

    OtlpOptions withCoding(Coding changed) {
        return with(draft -> draft.coding = changed);
    }

    OtlpOptions withProcessing(Processing changed) {
        return with(draft -> draft.processing = changed);
    }

    OtlpOptions withTimes(int measured, int before) {
        return with(draft -> {
            draft.seconds = measured;
            draft.warmUp = before;
        });
    }

    OtlpOptions withBatch(int changed) {
        return with(draft -> draft.batch = changed);
    }

    OtlpOptions withRate(long changed) {
        return with(draft -> draft.rate = changed);
    }

    OtlpOptions withOverload(int changed) {
        return with(draft -> draft.overload = changed);
    }

    OtlpOptions withConnections(int connected, int calls) {
        return with(draft -> {
            draft.connections = connected;
            draft.streams = calls;
        });
    }

    OtlpOptions withPeer(@Nullable String changed) {
        return with(draft -> draft.peer = changed);
    }

    OtlpOptions withRecord(@Nullable Path changed) {
        return with(draft -> draft.record = changed);
    }

    private OtlpOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options while one of them changes. */
    private static final class Draft {
        private Telemetry telemetry;
        private boolean grpc;
        private Coding coding;
        private Processing processing;
        private int seconds;
        private int warmUp;
        private int batch;
        private long rate;
        private int overload;
        private int connections;
        private int streams;
        private @Nullable String peer;
        private @Nullable Path record;

        Draft(OtlpOptions from) {
            telemetry = from.telemetry;
            grpc = from.grpc;
            coding = from.coding;
            processing = from.processing;
            seconds = from.seconds;
            warmUp = from.warmUp;
            batch = from.batch;
            rate = from.rate;
            overload = from.overload;
            connections = from.connections;
            streams = from.streams;
            peer = from.peer;
            record = from.record;
        }

        OtlpOptions options() {
            return new OtlpOptions(
                    telemetry,
                    grpc,
                    coding,
                    processing,
                    seconds,
                    warmUp,
                    batch,
                    rate,
                    overload,
                    connections,
                    streams,
                    peer,
                    record);
        }
    }
}
