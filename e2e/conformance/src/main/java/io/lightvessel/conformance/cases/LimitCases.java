package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.Content;
import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.HttpRequest.Framing;
import io.lightvessel.conformance.client.Target.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests that are too large. Those just over the limit are skipped when they are taken, since the receiver's limit
 * may be larger than was said; sixteen times the limit has to be refused by anybody.
 */
final class LimitCases {
    private static final String HTTP = "OTLP/HTTP Request";
    private static final String GRPC = "OTLP/gRPC Request";
    private static final int BOMB = 16;
    private static final int DEPTH = 20_000;

    private LimitCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            Case.Reason reason = encoding.unlessSpoken();
            over(encoding, "plain", LimitCases::plain).forEach(one -> cases.add(one.unless(reason)));
            over(encoding, "chunked", (subject, kind) -> plain(subject, kind).framed(Framing.CHUNKED))
                    .forEach(one -> cases.add(one.unless(reason)));
            over(encoding, "gzip", (subject, kind) -> packed(subject.maxBody() + 1, kind))
                    .forEach(one -> cases.add(one.unless(reason)));
            cases.add(bomb(encoding).unless(reason));
        }
        cases.addAll(overGrpc("plain", LimitCases::plainCall));
        cases.addAll(overGrpc("gzip", subject -> packedCall(subject.maxBody() + 1)));
        cases.add(bombGrpc());
        cases.addAll(deep());
        return cases;
    }

    private interface Maker {
        HttpRequest make(Subject subject, Encoding encoding);
    }

    private static HttpRequest plain(Subject subject, Encoding encoding) {
        return encoding.post(Signal.LOGS, new byte[0]).withBody(LargeLogs.of(encoding, subject.maxBody() + 1));
    }

    private static HttpRequest packed(long size, Encoding encoding) {
        return encoding.post(Signal.LOGS, Packing.gzip(LargeLogs.of(encoding, size)))
                .with("content-encoding", "gzip")
                .noted(size + " bytes when decompressed");
    }

    private static List<Case> over(Encoding encoding, String how, Maker maker) {
        String id = "limits.http." + encoding.label() + "." + how;
        return List.of(
                http(id, MUST, "a body over the limit is refused for good", encoding, maker, HttpExpect.finalError()),
                http(
                        id + ".413",
                        SHOULD,
                        "a body over the limit is called too large",
                        encoding,
                        maker,
                        HttpExpect.status(413)),
                http(
                        id + ".status",
                        MUST,
                        "too large is told with a Status",
                        encoding,
                        maker,
                        HttpExpect.error().and(HttpExpect.statusBody(encoding.contentType()))));
    }

    private static Case http(
            String id, Level level, String words, Encoding encoding, Maker maker, Expectation<HttpAnswer> e) {
        return new Case(id, level, HTTP, words, Protocol.HTTP, subject -> {
            HttpRequest request = maker.make(subject, encoding);
            HttpAnswer answer = subject.http(request);
            return answer.status() == 200
                    ? larger(subject, request.describe(), e.words())
                    : e.judge(request.describe(), answer, answer.describe());
        });
    }

    private static Result larger(Subject subject, String sent, String expected) {
        return Result.skip(
                sent,
                expected,
                "taken: the receiver's limit is over " + subject.maxBody() + " bytes; say it by --max-body");
    }

    private static Case bomb(Encoding encoding) {
        return new Case(
                "limits.http." + encoding.label() + ".bomb",
                MUST,
                HTTP,
                "there is a limit to what is decompressed",
                Protocol.HTTP,
                subject -> {
                    HttpRequest request = packed(BOMB * subject.maxBody(), encoding);
                    HttpAnswer answer = subject.http(request);
                    return HttpExpect.finalError().judge(request.describe(), answer, answer.describe());
                });
    }

    private static GrpcRequest plainCall(Subject subject) {
        Content message = LargeLogs.of(Encoding.PROTOBUF, subject.maxBody() + 1);
        return new GrpcRequest(Signal.LOGS.method(), Map.of(), GrpcRequest.framed(message), "");
    }

    private static GrpcRequest packedCall(long size) {
        byte[] packed = Packing.gzip(LargeLogs.of(Encoding.PROTOBUF, size));
        return GrpcRequest.packed(Signal.LOGS.method(), "gzip", packed).noted(size + " bytes when decompressed");
    }

    private static List<Case> overGrpc(String how, Function<Subject, GrpcRequest> maker) {
        String id = "limits.grpc." + how;
        Expectation<GrpcAnswer> exhausted = GrpcExpect.code(GrpcCode.RESOURCE_EXHAUSTED);
        return List.of(
                grpc(id, "a message over the limit is refused for good", MUST, maker, GrpcExpect.finalError()),
                grpc(id + ".code", "a message over the limit exhausts resources", SHOULD, maker, exhausted),
                grpc(id + ".no-retry-info", "too large is not retryable", MUST, maker, GrpcExpect.noRetryInfo()));
    }

    private static Case grpc(
            String id, String words, Level level, Function<Subject, GrpcRequest> maker, Expectation<GrpcAnswer> e) {
        return new Case(id, level, GRPC, words, Protocol.GRPC, subject -> {
            GrpcRequest request = maker.apply(subject);
            GrpcAnswer answer = subject.grpc(request);
            return answer.code() == GrpcCode.OK
                    ? larger(subject, request.describe(), e.words())
                    : e.judge(request.describe(), answer, answer.describe());
        });
    }

    private static Case bombGrpc() {
        return new Case(
                "limits.grpc.bomb", MUST, GRPC, "there is a limit to what is decompressed", Protocol.GRPC, subject -> {
                    GrpcRequest request = packedCall(BOMB * subject.maxBody());
                    GrpcAnswer answer = subject.grpc(request);
                    return GrpcExpect.finalError().judge(request.describe(), answer, answer.describe());
                });
    }

    private static List<Case> deep() {
        return List.of(
                survived("json", Encoding.JSON, LargeLogs.deepJson(DEPTH)).unless(Encoding.JSON.unlessSpoken()),
                survived("protobuf", Encoding.PROTOBUF, LargeLogs.deepProtobuf(DEPTH)));
    }

    /** Nesting without end may be taken or refused, but the receiver has to be there afterwards. */
    private static Case survived(String id, Encoding encoding, byte[] body) {
        String expected = "an answer, and 200 for the next request";
        HttpRequest deep = encoding.post(Signal.LOGS, body).noted(DEPTH + " values in each other");
        HttpRequest next = encoding.post(Signal.LOGS, encoding.sample(Signal.LOGS));
        return new Case(
                "limits.depth." + id, SHOULD, HTTP, "values nested without end do no harm", Protocol.HTTP, subject -> {
                    HttpAnswer first = subject.http(deep);
                    HttpAnswer second = subject.http(next);
                    boolean well = first.status() >= 200 && first.status() < 500 && second.status() == 200;
                    String came = first.describe() + "; then " + second.describe();
                    return Result.of(well, deep.describe(), expected, came);
                });
    }
}
