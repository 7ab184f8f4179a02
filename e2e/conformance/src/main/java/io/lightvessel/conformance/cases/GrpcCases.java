package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MAY;
import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.Content;
import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcConnection;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.Target.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** OTLP over gRPC: methods, messages, metadata and connections. */
final class GrpcCases {
    private static final String GRPC = "gRPC over HTTP/2";
    private static final String SUCCESS = "OTLP/gRPC Full Success";
    private static final String CONCURRENT = "OTLP/gRPC Concurrent Requests";
    private static final int MANY = 100;
    private static final int AT_ONCE = 50;

    private GrpcCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Signal signal : Signal.STABLE) {
            cases.addAll(taken(signal, "grpc", MUST));
        }
        cases.addAll(methods());
        cases.addAll(metadata());
        cases.addAll(messages());
        cases.add(connection("grpc.many", "many calls go over one connection", MANY, 1));
        cases.add(connection("grpc.concurrent", "calls go over one connection side by side", MANY, AT_ONCE));
        return cases;
    }

    /** What has to be so for each signal. */
    static List<Case> taken(Signal signal, String group, Level level) {
        String id = group + "." + (signal == Signal.PROFILES ? "grpc" : signal.label());
        GrpcRequest sample = GrpcRequest.of(signal.method(), signal.protobuf());
        Expectation<GrpcAnswer> ok = GrpcExpect.ok();
        return List.of(
                Case.grpc(id, level, "OTLP/gRPC Request", signal.label() + " are taken", sample, ok),
                Case.grpc(
                        id + ".content-type",
                        level,
                        GRPC,
                        "the response has gRPC's content type",
                        sample,
                        ok.and(GrpcExpect.type())),
                Case.grpc(
                        id + ".response",
                        level,
                        SUCCESS,
                        "success is told by the signal's response with partial_success unset",
                        sample,
                        ok.and(GrpcExpect.fullSuccess())),
                Case.grpc(
                        id + ".empty",
                        level == MAY ? MAY : SHOULD,
                        SUCCESS,
                        "a request without telemetry is a success",
                        GrpcRequest.of(signal.method(), new byte[0]).noted("no telemetry in it"),
                        ok));
    }

    private static GrpcRequest spans() {
        return GrpcRequest.of(Signal.TRACES.method(), Signal.TRACES.protobuf());
    }

    private static Case call(String id, Level level, String section, String words, GrpcRequest request, GrpcCode code) {
        return Case.grpc("grpc." + id, level, section, words, request, GrpcExpect.code(code));
    }

    private static List<Case> methods() {
        byte[] message = Signal.TRACES.protobuf();
        return List.of(
                call(
                        "method.unknown",
                        MUST,
                        GRPC,
                        "an unknown method is not implemented",
                        GrpcRequest.of("/opentelemetry.proto.collector.trace.v1.TraceService/Import", message),
                        GrpcCode.UNIMPLEMENTED),
                call(
                        "service.unknown",
                        MUST,
                        GRPC,
                        "an unknown service is not implemented",
                        GrpcRequest.of("/opentelemetry.proto.collector.nothing.v1.NothingService/Export", message),
                        GrpcCode.UNIMPLEMENTED),
                Case.grpc(
                        "grpc.content-type.wrong",
                        SHOULD,
                        GRPC,
                        "what is no gRPC is answered in HTTP's terms",
                        spans().with("content-type", "text/plain"),
                        GrpcExpect.httpStatus(415)),
                call(
                        "content-type.proto",
                        MUST,
                        GRPC,
                        "the content type may name protobuf",
                        spans().with("content-type", "application/grpc+proto"),
                        GrpcCode.OK));
    }

    private static List<Case> metadata() {
        return List.of(
                call(
                        "timeout",
                        MUST,
                        GRPC,
                        "a deadline that is far away changes nothing",
                        spans().with("grpc-timeout", "10S"),
                        GrpcCode.OK),
                call(
                        "timeout.millis",
                        MUST,
                        GRPC,
                        "a deadline comes in any of gRPC's units",
                        spans().with("grpc-timeout", "10000m"),
                        GrpcCode.OK),
                call(
                        "timeout.longest",
                        MUST,
                        GRPC,
                        "the largest deadline is taken",
                        spans().with("grpc-timeout", "99999999H"),
                        GrpcCode.OK),
                call(
                        "metadata",
                        MUST,
                        GRPC,
                        "metadata of the client's own changes nothing",
                        spans().with("x-tenant", "a").with("trace-bin", "AAEC"),
                        GrpcCode.OK));
    }

    private static List<Case> messages() {
        byte[] message = Signal.TRACES.protobuf();
        byte[] framed = GrpcRequest.framed(0, message);
        List<byte[]> single = new ArrayList<>();
        for (byte b : framed) {
            single.add(new byte[] {b});
        }
        return List.of(
                call(
                        "message.pieces",
                        MUST,
                        GRPC,
                        "a message may come in any number of frames",
                        spans().withBody(new Content(single)).noted("a byte a frame"),
                        GrpcCode.OK),
                call(
                        "unknown-fields",
                        MUST,
                        "Future Versions and Interoperability",
                        "fields that the receiver does not know are ignored",
                        GrpcRequest.of(Signal.TRACES.method(), Samples.unknownFields()),
                        GrpcCode.OK),
                wrong(
                        "message.cut",
                        MUST,
                        "a message shorter than announced is not taken",
                        Content.of(Arrays.copyOf(framed, framed.length - 3))),
                wrong("message.none", MUST, "a call without a message is not taken", Content.NONE),
                wrong("message.prefix", MUST, "half a prefix is not taken", Content.of(new byte[3])),
                wrong("message.two", MUST, "two messages are not taken", new Content(List.of(framed, framed))),
                wrong(
                        "message.flag",
                        SHOULD,
                        "an unknown flag is not taken",
                        Content.of(GrpcRequest.framed(2, message))));
    }

    private static Case wrong(String id, Level level, String words, Content body) {
        GrpcRequest request = new GrpcRequest(Signal.TRACES.method(), Map.of(), body, words);
        return Case.grpc("grpc." + id, level, GRPC, words, request, GrpcExpect.notTaken());
    }

    private static Case connection(String id, String words, int calls, int atOnce) {
        String sent = calls + " times " + spans().describe() + ", " + atOnce + " at a time";
        return new Case(
                id,
                SHOULD,
                CONCURRENT,
                words,
                Protocol.GRPC,
                subject -> subject.onGrpc(
                        connection -> repeated(connection, calls, atOnce, sent),
                        trouble -> Result.of(false, sent, "OK each time", trouble)));
    }

    private static Result repeated(GrpcConnection connection, int calls, int atOnce, String sent) {
        for (int done = 0; done < calls; done += atOnce) {
            List<CompletableFuture<GrpcAnswer>> started = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                started.add(connection.start(spans()));
            }
            for (CompletableFuture<GrpcAnswer> call : started) {
                GrpcAnswer answer = connection.await(call);
                if (answer.code() != GrpcCode.OK) {
                    return Result.of(false, sent, "OK each time", "after " + done + " calls: " + answer.describe());
                }
            }
        }
        return Result.of(true, sent, "OK each time", "OK each time");
    }
}
