package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MAY;
import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.Content;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** Compressed requests, whole and broken, and encodings nobody knows. */
final class CompressionCases {
    private static final String SECTION = "Protocol Details";
    private static final String CODINGS = "RFC 9110, 8.4.1";
    private static final String GZIP = "RFC 1952";
    private static final String BAD_DATA = "OTLP/HTTP Bad Data";
    private static final String GRPC = "gRPC compression";

    private CompressionCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            for (Signal signal : Signal.STABLE) {
                cases.add(http(
                                signal.label() + "." + encoding.label() + ".gzip",
                                MUST,
                                SECTION,
                                "gzip is taken",
                                encoding.post(signal, Packing.gzip(encoding.sample(signal))),
                                "gzip")
                        .unless(encoding.unlessSpoken()));
            }
        }
        cases.addAll(overHttp());
        cases.addAll(brokenOverHttp());
        for (Signal signal : Signal.STABLE) {
            byte[] packed = Packing.gzip(signal.protobuf());
            cases.add(grpc(signal.label() + ".gzip", MUST, SECTION, "gzip is taken", signal.method(), "gzip", packed));
        }
        cases.addAll(overGrpc());
        cases.addAll(brokenOverGrpc());
        return cases;
    }

    private static byte[] spans() {
        return Signal.TRACES.protobuf();
    }

    private static Case http(
            String id, Level level, String section, String words, HttpRequest request, String encoding) {
        return Case.http(
                "compression.http." + id,
                level,
                section,
                words,
                request.with("content-encoding", encoding),
                HttpExpect.status(200));
    }

    private static Case http(String id, Level level, String section, String words, byte[] body, String encoding) {
        return http(id, level, section, words, Encoding.PROTOBUF.post(Signal.TRACES, body), encoding);
    }

    private static List<Case> overHttp() {
        byte[] plain = spans();
        byte[] gzip = Packing.gzip(plain);
        return List.of(
                http("identity", SHOULD, CODINGS, "identity is no encoding", plain, "identity"),
                http("case", MUST, CODINGS, "encodings are the same in any case", gzip, "GZIP"),
                http("x-gzip", SHOULD, "RFC 9110, 8.4.1.3", "x-gzip is gzip", gzip, "x-gzip"),
                http("gzip.header", MUST, GZIP, "gzip's optional headers are taken", Packing.fullHeader(plain), "gzip"),
                http("gzip.stored", MUST, GZIP, "gzip's stored blocks are taken", Packing.stored(plain), "gzip"),
                http("gzip.members", MAY, GZIP, "several gzip members are one text", Packing.members(plain), "gzip"),
                http(
                        "gzip.empty",
                        SHOULD,
                        SECTION,
                        "gzip of nothing is no telemetry",
                        Packing.gzip(new byte[0]),
                        "gzip"),
                http("zstd", MAY, SECTION, "zstd is taken", Packing.zstd(plain), "zstd"),
                http("deflate", MAY, SECTION, "deflate is taken", Packing.zlib(plain), "deflate"));
    }

    private static List<Case> brokenOverHttp() {
        byte[] plain = spans();
        HttpRequest unknown = Encoding.PROTOBUF.post(Signal.TRACES, plain).with("content-encoding", "rot13");
        return List.of(
                broken("plain", MUST, "what is no gzip is refused", plain),
                broken("cut", MUST, "half a gzip stream is refused", Packing.truncated(plain)),
                broken("trailer", MUST, "gzip without its end is refused", Packing.withoutTrailer(plain)),
                broken("checksum", MUST, "gzip of another checksum is refused", Packing.wrongChecksum(plain)),
                broken("length", MUST, "gzip of another length is refused", Packing.wrongLength(plain)),
                broken(
                        "trailing",
                        SHOULD,
                        "what follows gzip and is none is refused",
                        Packing.joined(Packing.gzip(plain), new byte[] {'x', 'y', 'z'})),
                Case.http(
                        "compression.http.unknown",
                        MUST,
                        CODINGS,
                        "an unknown encoding is refused for good, with a Status",
                        unknown,
                        HttpExpect.finalError().and(HttpExpect.statusBody(HttpRequest.PROTOBUF))),
                Case.http(
                        "compression.http.unknown.415",
                        SHOULD,
                        "RFC 9110, 15.5.16",
                        "an unknown encoding is called unsupported",
                        unknown,
                        HttpExpect.status(415)));
    }

    private static Case broken(String id, Level level, String words, byte[] body) {
        return Case.http(
                "compression.http.broken." + id,
                level,
                BAD_DATA,
                words,
                Encoding.PROTOBUF
                        .post(Signal.TRACES, body)
                        .with("content-encoding", "gzip")
                        .noted(words),
                HttpExpect.status(400));
    }

    private static Case grpc(
            String id, Level level, String section, String words, String method, String encoding, byte[] packed) {
        return Case.grpc(
                "compression.grpc." + id,
                level,
                section,
                words,
                GrpcRequest.packed(method, encoding, packed),
                GrpcExpect.ok());
    }

    private static List<Case> overGrpc() {
        String method = Signal.TRACES.method();
        byte[] plain = spans();
        return List.of(
                Case.grpc(
                        "compression.grpc.identity",
                        MUST,
                        GRPC,
                        "identity is no encoding",
                        GrpcRequest.of(method, plain).with("grpc-encoding", "identity"),
                        GrpcExpect.ok()),
                Case.grpc(
                        "compression.grpc.plain-message",
                        MUST,
                        GRPC,
                        "a message may be plain although the stream names an encoding",
                        GrpcRequest.of(method, plain).with("grpc-encoding", "gzip"),
                        GrpcExpect.ok()),
                grpc("gzip.header", MUST, GZIP, "gzip's headers are taken", method, "gzip", Packing.fullHeader(plain)),
                grpc("gzip.members", MAY, GZIP, "gzip members are one text", method, "gzip", Packing.members(plain)),
                grpc("zstd", MAY, SECTION, "zstd is taken", method, "zstd", Packing.zstd(plain)));
    }

    private static List<Case> brokenOverGrpc() {
        String method = Signal.TRACES.method();
        byte[] plain = spans();
        GrpcRequest unknown = GrpcRequest.packed(method, "rot13", plain);
        GrpcRequest unnamed = GrpcRequest.of(method, plain)
                .withBody(Content.of(GrpcRequest.framed(1, Packing.gzip(plain))))
                .noted("compressed, no grpc-encoding");
        List<Case> cases = new ArrayList<>();
        brokenGrpc(cases, "plain", "what is no gzip is refused", plain);
        brokenGrpc(cases, "cut", "half a gzip stream is refused", Packing.truncated(plain));
        brokenGrpc(cases, "checksum", "gzip of another checksum is refused", Packing.wrongChecksum(plain));
        cases.add(Case.grpc(
                "compression.grpc.unknown",
                MUST,
                GRPC,
                "an unknown encoding is not implemented",
                unknown,
                GrpcExpect.code(GrpcCode.UNIMPLEMENTED)));
        cases.add(Case.grpc(
                "compression.grpc.unknown.accepted",
                MUST,
                GRPC,
                "who does not know an encoding says which it knows",
                unknown,
                GrpcExpect.code(GrpcCode.UNIMPLEMENTED).and(GrpcExpect.acceptsGzip())));
        cases.add(Case.grpc(
                "compression.grpc.unnamed",
                MUST,
                GRPC,
                "a compressed message without the name of its encoding is refused",
                unnamed,
                GrpcExpect.finalError()));
        cases.add(Case.grpc(
                "compression.grpc.unnamed.internal",
                SHOULD,
                GRPC,
                "a compressed message without the name of its encoding is INTERNAL",
                unnamed,
                GrpcExpect.code(GrpcCode.INTERNAL)));
        return cases;
    }

    private static void brokenGrpc(List<Case> cases, String id, String words, byte[] body) {
        GrpcRequest request =
                GrpcRequest.packed(Signal.TRACES.method(), "gzip", body).noted(words);
        String name = "compression.grpc.broken." + id;
        cases.add(Case.grpc(name, MUST, "OTLP/gRPC Failures", words + " for good", request, GrpcExpect.finalError()));
        cases.add(Case.grpc(
                name + ".code",
                SHOULD,
                "OTLP/gRPC Failures",
                words + " as the client's fault",
                request,
                GrpcExpect.code(GrpcCode.INVALID_ARGUMENT)));
    }
}
