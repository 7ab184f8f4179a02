package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** What the gateway listens for. */
public record Receivers(
        @Doc("OTLP, over gRPC and HTTP.") @NotNull(message = Expected.OBJECT) @Valid
        Gateway.OtlpPorts otlp,

        @Doc("Spans of Jaeger's clients and agents.") @NotNull(message = Expected.OBJECT) @Valid
        Jaeger jaeger,

        @Doc("Spans of Zipkin's clients.") @NotNull(message = Expected.OBJECT) @Valid
        Zipkin zipkin) {

    static Receivers defaults() {
        return new Receivers(
                new Gateway.OtlpPorts(4317, 4318), new Jaeger(false, 14250, 14268), new Zipkin(false, 9411));
    }

    public Receivers withOtlp(Gateway.OtlpPorts changed) {
        return new Receivers(changed, jaeger, zipkin);
    }

    public Receivers withJaeger(Jaeger changed) {
        return new Receivers(otlp, changed, zipkin);
    }

    public Receivers withZipkin(Zipkin changed) {
        return new Receivers(otlp, jaeger, changed);
    }

    /** Jaeger's two ways of sending spans. */
    public record Jaeger(
            @Doc("Whether spans are received from Jaeger's clients.")
            boolean enabled,

            @Doc("Port for gRPC.") @Port int grpcPort,
            @Doc("Port for Thrift over HTTP.") @Port int thriftHttpPort) {}

    /** Zipkin's way of sending spans. */
    public record Zipkin(
            @Doc("Whether spans are received from Zipkin's clients.")
            boolean enabled,

            @Doc("Port for Zipkin's API.") @Port int port) {}
}
