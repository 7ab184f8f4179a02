package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MAY;
import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.RpcStatus;
import io.lightvessel.conformance.client.Target.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What cannot be decoded, and what errors have to say. */
final class ErrorCases {
    private static final String BAD_DATA = "OTLP/HTTP Bad Data";
    private static final String FAILURES = "OTLP/HTTP Failures";
    private static final String GRPC_FAILURES = "OTLP/gRPC Failures";

    private ErrorCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            for (Signal signal : Signal.STABLE) {
                cases.addAll(undecodable(signal, encoding));
            }
        }
        byte[] plain = Signal.TRACES.protobuf();
        cases.add(refused("cut", "half a message is refused", Arrays.copyOf(plain, plain.length - 4)));
        cases.add(refused("length", "a length beyond the end is refused", new byte[] {0x0a, 0x7f, 0x0a}));
        cases.add(refused("tag", "a tag of field zero is refused", new byte[] {0x02, 0x00}));
        cases.addAll(bodies());
        cases.add(survives());
        for (Signal signal : Signal.STABLE) {
            cases.addAll(undecodableGrpc(signal));
        }
        cases.add(consistent());
        return cases;
    }

    private static List<Case> undecodable(Signal signal, Encoding encoding) {
        HttpRequest request = encoding.post(signal, encoding.garbage()).noted("not " + encoding.label());
        String id = "errors.http." + signal.label() + "." + encoding.label();
        Expectation<HttpAnswer> bad = HttpExpect.status(400);
        Case.Reason reason = encoding.unlessSpoken();
        return List.of(
                Case.http(id + ".400", MUST, BAD_DATA, "what cannot be decoded is a bad request", request, bad)
                        .unless(reason),
                Case.http(
                                id + ".status",
                                MUST,
                                FAILURES,
                                "errors have a Status as their body, encoded as the request",
                                request,
                                bad.and(HttpExpect.statusBody(encoding.contentType())))
                        .unless(reason),
                Case.http(
                                id + ".message",
                                SHOULD,
                                FAILURES,
                                "a Status has a message",
                                request,
                                bad.and(HttpExpect.message()))
                        .unless(reason),
                Case.http(
                                id + ".details",
                                SHOULD,
                                BAD_DATA,
                                "bad data is described by a BadRequest",
                                request,
                                bad.and(HttpExpect.badRequest()))
                        .unless(reason));
    }

    private static Case refused(String id, String words, byte[] body) {
        return Case.http(
                "errors.http.protobuf." + id,
                MUST,
                BAD_DATA,
                words,
                Encoding.PROTOBUF.post(Signal.TRACES, body).noted(words),
                HttpExpect.status(400));
    }

    private static List<Case> bodies() {
        byte[] plain = Signal.TRACES.protobuf();
        HttpRequest protobuf = HttpRequest.post("/v1/nothing", HttpRequest.PROTOBUF, plain);
        HttpRequest json = HttpRequest.post("/v1/nothing", HttpRequest.JSON, Encoding.JSON.empty());
        HttpRequest get =
                HttpRequest.post("/v1/traces", HttpRequest.PROTOBUF, plain).withMethod("GET");
        HttpRequest text = HttpRequest.post("/v1/traces", "text/plain", plain);
        return List.of(
                status("path.protobuf", "an unknown path", protobuf, HttpExpect.statusBody(HttpRequest.PROTOBUF)),
                status("path.json", "an unknown path", json, HttpExpect.statusBody(HttpRequest.JSON))
                        .unless(Encoding.JSON.unlessSpoken()),
                status("method", "another method", get, HttpExpect.statusBody(HttpRequest.PROTOBUF)),
                status("content-type", "an unknown content type", text, HttpExpect.statusBody()));
    }

    private static Case status(String id, String what, HttpRequest request, Expectation<HttpAnswer> body) {
        return Case.http(
                "errors.http.status." + id,
                MUST,
                FAILURES,
                what + " is answered with a Status",
                request,
                HttpExpect.error().and(body));
    }

    private static Case survives() {
        HttpRequest bad = Encoding.PROTOBUF.post(Signal.TRACES, Encoding.PROTOBUF.garbage());
        HttpRequest good = Encoding.PROTOBUF.post(Signal.TRACES, Signal.TRACES.protobuf());
        String sent = bad.describe() + ", then " + good.describe();
        return new Case(
                "errors.http.connection",
                SHOULD,
                "OTLP/HTTP Connection",
                "a bad request does not cost the client its connection",
                Protocol.HTTP,
                subject -> subject.onHttp(
                        connection -> {
                            HttpAnswer first = connection.exchange(bad);
                            HttpAnswer second = connection.exchange(good);
                            boolean both = first.status() == 400 && second.status() == 200;
                            String came = first.describe() + "; then " + second.describe();
                            return Result.of(both, sent, "400, then 200", came);
                        },
                        trouble -> Result.of(false, sent, "400, then 200", trouble)));
    }

    private static List<Case> undecodableGrpc(Signal signal) {
        GrpcRequest request =
                GrpcRequest.of(signal.method(), Encoding.PROTOBUF.garbage()).noted("not protobuf");
        String id = "errors.grpc." + signal.label();
        return List.of(
                Case.grpc(
                        id,
                        MUST,
                        GRPC_FAILURES,
                        "what cannot be decoded is refused for good",
                        request,
                        GrpcExpect.finalError()),
                Case.grpc(
                        id + ".code",
                        SHOULD,
                        GRPC_FAILURES,
                        "what cannot be decoded is an invalid argument",
                        request,
                        GrpcExpect.code(GrpcCode.INVALID_ARGUMENT)),
                Case.grpc(
                        id + ".details",
                        MAY,
                        GRPC_FAILURES,
                        "bad data is described by a BadRequest",
                        request,
                        GrpcExpect.finalError().and(GrpcExpect.badRequest())));
    }

    private static Case consistent() {
        GrpcRequest request = GrpcRequest.of(Signal.TRACES.method(), Encoding.PROTOBUF.garbage());
        String expected = "grpc-status-details-bin with the code of grpc-status";
        return new Case(
                "errors.grpc.details.code",
                MUST,
                "gRPC error model",
                "details are a Status of the same code",
                Protocol.GRPC,
                subject -> {
                    GrpcAnswer answer = subject.grpc(request);
                    if (answer.header("grpc-status-details-bin").isEmpty()) {
                        return Result.skip(request.describe(), expected, "the error came without details");
                    }
                    RpcStatus details = answer.details();
                    GrpcCode code = answer.code();
                    boolean same = details != null && code != null && details.code() == code.ordinal();
                    return Result.of(
                            same,
                            request.describe(),
                            expected,
                            answer.describe() + ", details: " + (details == null ? "no Status" : details.code()));
                });
    }
}
