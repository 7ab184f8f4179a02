package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import io.lightvessel.conformance.client.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules of OTLP's JSON where they differ from other JSON, and where receivers tend to differ from each other. */
final class JsonCases {
    private static final String SECTION = "JSON Protobuf Encoding";
    private static final String MAPPING = "ProtoJSON Format";
    private static final String BAD_DATA = "OTLP/HTTP Bad Data";

    private JsonCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(ids());
        cases.addAll(numbers());
        cases.addAll(names());
        cases.addAll(scalars());
        cases.addAll(wrong());
        return cases.stream()
                .map(one -> one.unless(Encoding.JSON.unlessSpoken()))
                .toList();
    }

    private static Case sent(
            String id,
            Level level,
            String section,
            String words,
            Signal signal,
            String json,
            Expectation<HttpAnswer> e) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String note = json.length() <= 200 ? json : json.substring(0, 200) + "...";
        return Case.http(
                "json." + id,
                level,
                section,
                words,
                Encoding.JSON.post(signal, body).noted(note),
                e);
    }

    private static Case taken(String id, String section, String words, Signal signal, String json) {
        return sent(id, MUST, section, words, signal, json, HttpExpect.status(200));
    }

    private static Case span(String id, String section, String words, String fields) {
        return taken(id, section, words, Signal.TRACES, Samples.spanJson(fields));
    }

    private static Case point(String id, String section, String words, String fields) {
        return taken(id, section, words, Signal.METRICS, Samples.pointJson(fields));
    }

    private static Case body(String id, String section, String words, String value) {
        return taken(id, section, words, Signal.LOGS, Samples.logJson(value));
    }

    private static Case refused(String id, Level level, String words, String json) {
        return sent(id, level, BAD_DATA, words, Signal.TRACES, json, HttpExpect.status(400));
    }

    private static String ids(String trace, String span) {
        return "\"traceId\":\"" + trace + "\",\"spanId\":\"" + span + "\"";
    }

    private static List<Case> ids() {
        String trace = Samples.TRACE_ID;
        String id = Samples.SPAN_ID;
        return List.of(
                span("ids.lower", SECTION, "ids are hexadecimal", ids(trace, id)),
                span(
                        "ids.upper",
                        SECTION,
                        "ids are hexadecimal in either case",
                        ids(trace.toUpperCase(Locale.ROOT), id.toUpperCase(Locale.ROOT))),
                span("ids.mixed", SECTION, "ids are hexadecimal in either case", ids(trace, "EEe19B7ec3c1B174")),
                refused(
                        "ids.base64",
                        SHOULD,
                        "ids in base64 are refused",
                        Samples.spanJson("\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\",\"spanId\":\"7uGbfsPBsXQ=\"")));
    }

    private static List<Case> numbers() {
        String most = "18446744073709551615";
        return List.of(
                span("enum.number", SECTION, "enums are numbers", "\"kind\":2,\"status\":{\"code\":1}"),
                span("enum.unknown", MAPPING, "enums of the future are taken", "\"kind\":99"),
                refused(
                        "enum.name",
                        SHOULD,
                        "enums by name are refused",
                        Samples.spanJson("\"kind\":\"SPAN_KIND_SERVER\"")),
                point("int64.text", SECTION, "64 bits come as a text", "\"asInt\":\"-9223372036854775808\""),
                point("int64.number", SECTION, "64 bits come as a number too", "\"asInt\":-7"),
                point("fixed64.text", SECTION, "unsigned 64 bits come as a text", "\"timeUnixNano\":\"" + most + "\""),
                point("fixed64.number", SECTION, "unsigned 64 bits come as a number too", "\"timeUnixNano\":" + most),
                point("double.number", MAPPING, "doubles are numbers", "\"asDouble\":1.5e-3"),
                point("double.integer", MAPPING, "doubles may look like integers", "\"asDouble\":2"),
                point("double.text", MAPPING, "doubles may be texts", "\"asDouble\":\"2.5\""),
                point("double.nan", MAPPING, "NaN is a text", "\"asDouble\":\"NaN\""),
                point("double.infinity", MAPPING, "infinity is a text", "\"asDouble\":\"-Infinity\""),
                body("value.int.text", SECTION, "values of 64 bits come as a text", "{\"intValue\":\"12\"}"),
                body("value.int.number", SECTION, "values of 64 bits come as a number too", "{\"intValue\":12}"),
                refused(
                        "int32.overflow",
                        SHOULD,
                        "a number too large for its field is refused",
                        Samples.spanJson("\"droppedAttributesCount\":4294967296")));
    }

    private static List<Case> names() {
        String nested = "{\"a\":[1,null,{\"b\":\"\\\"}\"}],\"c\":{}}";
        return List.of(
                taken(
                        "unknown.top",
                        SECTION,
                        "unknown fields are ignored",
                        Signal.TRACES,
                        "{\"future\":" + nested + "," + Signal.TRACES.json().substring(1)),
                span("unknown.nested", SECTION, "unknown fields are ignored deep down", "\"future\":" + nested),
                body(
                        "unknown.value",
                        SECTION,
                        "unknown kinds of values are ignored",
                        "{\"futureValue\":" + nested + "}"),
                taken(
                        "snake-case",
                        SECTION,
                        "original field names are no keys, so what they hold is ignored",
                        Signal.TRACES,
                        "{\"resource_spans\":7}"),
                span(
                        "order",
                        MAPPING,
                        "members come in any order",
                        "\"endTimeUnixNano\":\"2\",\"kind\":1,\"name\":\"a\""),
                taken(
                        "whitespace",
                        "RFC 8259, 2",
                        "white space means nothing",
                        Signal.TRACES,
                        " \r\n\t{ \"resourceSpans\" :\n[ ] }\n "),
                span("null", MAPPING, "null is the default", "\"name\":null,\"kind\":null,\"attributes\":null"));
    }

    private static List<Case> scalars() {
        return List.of(
                body("bytes", MAPPING, "bytes are base64", "{\"bytesValue\":\"AQIDBA==\"}"),
                body("bytes.url", MAPPING, "bytes are base64 of either alphabet", "{\"bytesValue\":\"-_8\"}"),
                body("text.unicode", "RFC 8259, 8.1", "texts are UTF-8", "{\"stringValue\":\"naïve 日本 🌊\"}"),
                body(
                        "text.escapes",
                        "RFC 8259, 7",
                        "texts have escapes",
                        "{\"stringValue\":\"\\u0041\\n\\ud83c\\udf0a\\/\"}"),
                body("bool", MAPPING, "booleans are booleans", "{\"boolValue\":false}"));
    }

    private static List<Case> wrong() {
        return List.of(
                refused("wrong.text", MUST, "what is no JSON is refused", "spans"),
                refused("wrong.cut", MUST, "half an object is refused", "{\"resourceSpans\":[{"),
                refused("wrong.trailing", MUST, "what follows the object is refused", "{\"resourceSpans\":[]} x"),
                refused("wrong.array", MUST, "an array is no request", "[]"),
                refused("wrong.type", MUST, "a number is no list", "{\"resourceSpans\":7}"),
                refused("wrong.name", MUST, "an object is no text", Samples.spanJson("\"name\":{}")),
                refused(
                        "wrong.number",
                        MUST,
                        "a word is no number",
                        Samples.spanJson("\"startTimeUnixNano\":\"soon\"")),
                refused("wrong.key", MUST, "keys are in quotes", "{resourceSpans:[]}"));
    }
}
