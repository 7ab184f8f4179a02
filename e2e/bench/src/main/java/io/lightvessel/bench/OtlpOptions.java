package io.lightvessel.bench;

import io.lightvessel.bench.load.Coding;
import io.lightvessel.bench.load.LoadPlan;
import io.lightvessel.bench.load.Telemetry;
import java.nio.file.Path;
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
        return new OtlpOptions(
                changed,
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

    OtlpOptions withProtocol(boolean isGrpc) {
        return new OtlpOptions(
                telemetry,
                isGrpc,
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

    OtlpOptions withCoding(Coding changed) {
        return new OtlpOptions(
                telemetry,
                grpc,
                changed,
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

    OtlpOptions withProcessing(Processing changed) {
        return new OtlpOptions(
                telemetry,
                grpc,
                coding,
                changed,
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

    OtlpOptions withTimes(int measured, int before) {
        return new OtlpOptions(
                telemetry,
                grpc,
                coding,
                processing,
                measured,
                before,
                batch,
                rate,
                overload,
                connections,
                streams,
                peer,
                record);
    }

    OtlpOptions withBatch(int changed) {
        return new OtlpOptions(
                telemetry,
                grpc,
                coding,
                processing,
                seconds,
                warmUp,
                changed,
                rate,
                overload,
                connections,
                streams,
                peer,
                record);
    }

    OtlpOptions withRate(long changed) {
        return new OtlpOptions(
                telemetry,
                grpc,
                coding,
                processing,
                seconds,
                warmUp,
                batch,
                changed,
                overload,
                connections,
                streams,
                peer,
                record);
    }

    OtlpOptions withOverload(int changed) {
        return new OtlpOptions(
                telemetry,
                grpc,
                coding,
                processing,
                seconds,
                warmUp,
                batch,
                rate,
                changed,
                connections,
                streams,
                peer,
                record);
    }

    OtlpOptions withConnections(int connected, int calls) {
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
                connected,
                calls,
                peer,
                record);
    }

    OtlpOptions withPeer(@Nullable String changed) {
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
                changed,
                record);
    }

    OtlpOptions withRecord(@Nullable Path changed) {
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
                changed);
    }
}
