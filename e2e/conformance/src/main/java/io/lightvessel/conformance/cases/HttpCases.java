package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MAY;
import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.Content;
import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpConnection;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.HttpRequest.Framing;
import io.lightvessel.conformance.client.Target.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OTLP over HTTP: paths, methods, content types, responses, framing and connections. */
final class HttpCases {
    private static final String REQUEST = "OTLP/HTTP Request";
    private static final String RESPONSE = "OTLP/HTTP Response";
    private static final String SUCCESS = "OTLP/HTTP Full Success";
    private static final String CONNECTION = "OTLP/HTTP Connection";
    private static final String METHODS = "RFC 9110, 15.5.6";
    private static final int MANY = 100;

    private HttpCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            for (Signal signal : Signal.STABLE) {
                cases.addAll(taken(signal, encoding, "http", encoding.levelOfTaking()));
            }
        }
        cases.addAll(contentTypes());
        cases.addAll(methodsAndPaths());
        cases.addAll(framing());
        cases.addAll(connections());
        return cases;
    }

    /** What has to be so for each signal in each encoding. */
    static List<Case> taken(Signal signal, Encoding encoding, String group, Level level) {
        String id = (signal == Signal.PROFILES ? group : group + "." + signal.label()) + "." + encoding.label();
        String type = encoding.contentType();
        HttpRequest sample = encoding.post(signal, encoding.sample(signal));
        HttpRequest empty = encoding.post(signal, encoding.empty()).noted("no telemetry in it");
        Expectation<HttpAnswer> taken = HttpExpect.status(200);
        Level rule = level == MAY ? MAY : MUST;
        return List.of(
                Case.http(id, level, REQUEST, signal.label() + " are taken at " + signal.path(), sample, taken),
                Case.http(
                                id + ".content-type",
                                rule,
                                RESPONSE,
                                "the response has the request's content type",
                                sample,
                                taken.and(HttpExpect.type(type)))
                        .unless(encoding.unlessSpoken()),
                Case.http(
                                id + ".response",
                                rule,
                                SUCCESS,
                                "success is told by the signal's response with partial_success unset",
                                sample,
                                taken.and(HttpExpect.fullSuccess(type)))
                        .unless(encoding.unlessSpoken()),
                Case.http(
                                id + ".empty",
                                level == MAY ? MAY : SHOULD,
                                SUCCESS,
                                "a request without telemetry is a success",
                                empty,
                                taken)
                        .unless(encoding.unlessSpoken()));
    }

    private static HttpRequest spans() {
        return Encoding.PROTOBUF.post(Signal.TRACES, Signal.TRACES.protobuf());
    }

    private static HttpRequest typed(String contentType, Encoding encoding) {
        return HttpRequest.post(Signal.TRACES.path(), contentType, encoding.sample(Signal.TRACES));
    }

    private static List<Case> contentTypes() {
        String types = "RFC 9110, 8.3.1";
        HttpRequest unknown = typed("text/plain", Encoding.PROTOBUF);
        HttpRequest none = spans().without("content-type");
        return List.of(
                Case.http(
                                "http.content-type.charset",
                                SHOULD,
                                types,
                                "a charset beside the media type changes nothing",
                                typed("application/json; charset=utf-8", Encoding.JSON),
                                HttpExpect.status(200).and(HttpExpect.type(HttpRequest.JSON)))
                        .unless(Encoding.JSON.unlessSpoken()),
                Case.http(
                                "http.content-type.case.json",
                                MUST,
                                types,
                                "media types are the same in any case",
                                typed("APPLICATION/JSON", Encoding.JSON),
                                HttpExpect.status(200))
                        .unless(Encoding.JSON.unlessSpoken()),
                Case.http(
                        "http.content-type.case.protobuf",
                        MUST,
                        types,
                        "media types are the same in any case",
                        typed("Application/X-Protobuf", Encoding.PROTOBUF),
                        HttpExpect.status(200)),
                Case.http(
                        "http.content-type.unknown",
                        MUST,
                        CONNECTION,
                        "a body of an unknown content type is not taken",
                        unknown,
                        HttpExpect.finalError()),
                Case.http(
                        "http.content-type.unknown.415",
                        SHOULD,
                        "RFC 9110, 15.5.16",
                        "an unknown content type is called unsupported",
                        unknown,
                        HttpExpect.status(415)),
                Case.http(
                        "http.content-type.missing",
                        MUST,
                        CONNECTION,
                        "a body of no content type is not taken",
                        none,
                        HttpExpect.finalError()));
    }

    private static List<Case> methodsAndPaths() {
        List<Case> cases = new ArrayList<>();
        for (String method : List.of("GET", "PUT", "DELETE")) {
            HttpRequest request = spans().withMethod(method);
            String id = "http.method." + method.toLowerCase(Locale.ROOT);
            cases.add(Case.http(id, MUST, REQUEST, "telemetry is sent by POST only", request, HttpExpect.finalError()));
            cases.add(Case.http(
                    id + ".405",
                    SHOULD,
                    METHODS,
                    "another method is called not allowed",
                    request,
                    HttpExpect.status(405)));
        }
        HttpRequest elsewhere = HttpRequest.post("/v1/nothing", HttpRequest.PROTOBUF, Signal.TRACES.protobuf());
        cases.add(Case.http(
                "http.method.allow",
                SHOULD,
                METHODS,
                "405 comes with the methods that are allowed",
                spans().withMethod("GET"),
                HttpExpect.status(405).and(HttpExpect.header("allow", "POST"))));
        cases.add(Case.http(
                "http.path.unknown",
                MUST,
                REQUEST,
                "what is sent to another path is not taken",
                elsewhere,
                HttpExpect.finalError()));
        cases.add(Case.http(
                "http.path.unknown.404",
                SHOULD,
                "RFC 9110, 15.5.5",
                "an unknown path is called not found",
                elsewhere,
                HttpExpect.status(404)));
        cases.add(Case.http(
                "http.path.query",
                MAY,
                REQUEST,
                "a query beside the path changes nothing",
                HttpRequest.post("/v1/traces?from=conformance", HttpRequest.PROTOBUF, Signal.TRACES.protobuf()),
                HttpExpect.status(200)));
        return cases;
    }

    private static List<Case> framing() {
        byte[] body = Signal.TRACES.protobuf();
        HttpRequest bare = spans().framed(Framing.AS_GIVEN);
        HttpRequest chunked = spans().withBody(new Content(List.of(
                        Arrays.copyOf(body, 10),
                        Arrays.copyOfRange(body, 10, 11),
                        Arrays.copyOfRange(body, 11, body.length))))
                .framed(Framing.CHUNKED);
        String length = Integer.toString(body.length);
        return List.of(
                Case.http(
                        "http.chunked",
                        MUST,
                        "RFC 9112, 7.1",
                        "a body in chunks is taken",
                        chunked,
                        HttpExpect.status(200)),
                Case.http(
                        "http.expect-continue",
                        MUST,
                        "RFC 9110, 10.1.1",
                        "a client that asks whether to continue gets its answer",
                        spans().with("expect", "100-continue"),
                        HttpExpect.status(200)),
                Case.http(
                        "http.length.short",
                        MUST,
                        "RFC 9112, 8",
                        "a body shorter than announced is not taken",
                        bare.with("content-length", Integer.toString(body.length + 10)),
                        HttpExpect.notTaken()),
                Case.http(
                        "http.length.no-number",
                        MUST,
                        "RFC 9112, 6.3",
                        "a length that is no number is refused",
                        bare.with("content-length", "many"),
                        HttpExpect.status(400)),
                Case.http(
                        "http.length.two",
                        MUST,
                        "RFC 9112, 6.3",
                        "two different lengths are refused",
                        bare.with("content-length", length).with("content-length", "1"),
                        HttpExpect.status(400)),
                Case.http(
                        "http.unknown-fields",
                        MUST,
                        "Future Versions and Interoperability",
                        "fields that the receiver does not know are ignored",
                        Encoding.PROTOBUF
                                .post(Signal.TRACES, Samples.unknownFields())
                                .noted("unknown fields in three messages"),
                        HttpExpect.status(200).and(HttpExpect.fullSuccess(HttpRequest.PROTOBUF))));
    }

    private static List<Case> connections() {
        GrpcRequest http2 = new GrpcRequest(
                        Signal.TRACES.path(), Map.of(), Content.of(Signal.TRACES.protobuf()), "HTTP/2 at once")
                .with("content-type", HttpRequest.PROTOBUF);
        return List.of(
                many("http.many", "many requests go over one connection", List.of(spans())),
                many(
                                "http.both-encodings",
                                "protobuf and JSON share the port",
                                List.of(spans(), typed(HttpRequest.JSON, Encoding.JSON)))
                        .unless(Encoding.JSON.unlessSpoken()),
                new Case(
                        "http.http2",
                        MAY,
                        "OTLP/HTTP",
                        "HTTP/2 is spoken without asking for it first",
                        Protocol.HTTP,
                        subject -> {
                            GrpcAnswer answer = subject.http2(http2);
                            String shown = answer.headers().isEmpty()
                                    ? answer.describe()
                                    : answer.header(":status") + ", " + answer.header("content-type");
                            return GrpcExpect.httpStatus(200).judge(http2.describe(), answer, shown);
                        }));
    }

    private static Case many(String id, String words, List<HttpRequest> requests) {
        String sent = MANY + " times " + requests.getFirst().describe()
                + (requests.size() > 1 ? " and " + requests.getLast().describe() : "");
        return new Case(
                id,
                SHOULD,
                CONNECTION,
                words,
                Protocol.HTTP,
                subject -> subject.onHttp(
                        connection -> repeated(connection, requests, sent),
                        trouble -> Result.of(false, sent, "200 each time", trouble)));
    }

    private static Result repeated(HttpConnection connection, List<HttpRequest> requests, String sent) {
        for (int i = 0; i < MANY; i++) {
            for (HttpRequest request : requests) {
                HttpAnswer answer = connection.exchange(request);
                if (answer.status() != 200) {
                    return Result.of(false, sent, "200 each time", "after " + i + " rounds: " + answer.describe());
                }
            }
        }
        return Result.of(true, sent, "200 each time", "200 each time");
    }
}
