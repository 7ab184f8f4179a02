package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MUST;

import com.google.protobuf.ByteString;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Attribute values of every kind, which all receivers have to take since version 1.9. */
final class ValueCases {
    private static final String SECTION = "common.proto, AnyValue";

    private ValueCases() {}

    private record Sample(String name, AnyValue value, String json) {}

    private static List<Sample> samples() {
        AnyValue none = AnyValue.getDefaultInstance();
        AnyValue one = AnyValue.newBuilder().setIntValue(1).build();
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addValues(one).addValues(none))
                .build();
        AnyValue map = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addValues(Samples.attribute("inner", list)))
                .build();
        AnyValue bytes = AnyValue.newBuilder()
                .setBytesValue(ByteString.copyFrom(new byte[] {0, -1}))
                .build();
        String listJson = "{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{}]}}";
        return List.of(
                new Sample("unset", none, "{}"),
                new Sample(
                        "empty-text", AnyValue.newBuilder().setStringValue("").build(), "{\"stringValue\":\"\"}"),
                new Sample("bytes", bytes, "{\"bytesValue\":\"AP8=\"}"),
                new Sample("list", list, listJson),
                new Sample(
                        "map", map, "{\"kvlistValue\":{\"values\":[{\"key\":\"inner\",\"value\":" + listJson + "}]}}"),
                new Sample(
                        "empty-list",
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.getDefaultInstance())
                                .build(),
                        "{\"arrayValue\":{}}"),
                new Sample(
                        "empty-map",
                        AnyValue.newBuilder()
                                .setKvlistValue(KeyValueList.getDefaultInstance())
                                .build(),
                        "{\"kvlistValue\":{}}"));
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Sample sample : samples()) {
            byte[] protobuf =
                    Samples.spans(Samples.attribute("value", sample.value())).toByteArray();
            String json = Samples.spanJson("\"attributes\":[{\"key\":\"value\",\"value\":" + sample.json() + "}]");
            String words = "attributes may hold " + sample.name().replace('-', ' ');
            cases.add(Case.http(
                    "values.protobuf." + sample.name(),
                    MUST,
                    SECTION,
                    words,
                    Encoding.PROTOBUF.post(Signal.TRACES, protobuf).noted("attribute: " + sample.name()),
                    HttpExpect.status(200).and(HttpExpect.fullSuccess(HttpRequest.PROTOBUF))));
            cases.add(Case.http(
                            "values.json." + sample.name(),
                            MUST,
                            SECTION,
                            words,
                            Encoding.JSON
                                    .post(Signal.TRACES, json.getBytes(StandardCharsets.UTF_8))
                                    .noted(json),
                            HttpExpect.status(200).and(HttpExpect.fullSuccess(HttpRequest.JSON)))
                    .unless(Encoding.JSON.unlessSpoken()));
            cases.add(Case.grpc(
                    "values.grpc." + sample.name(),
                    MUST,
                    SECTION,
                    words,
                    GrpcRequest.of(Signal.TRACES.method(), protobuf).noted("attribute: " + sample.name()),
                    GrpcExpect.ok().and(GrpcExpect.fullSuccess())));
        }
        return cases;
    }
}
