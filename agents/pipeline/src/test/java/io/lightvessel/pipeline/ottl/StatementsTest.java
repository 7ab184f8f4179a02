package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each function and operator does, on one record that has a value of each type. */
class StatementsTest {

    private static final LogRecord LOG = LogRecord.newBuilder()
            .addAttributes(attribute("text", text("some text")))
            .addAttributes(attribute("int", AnyValue.newBuilder().setIntValue(42)))
            .addAttributes(attribute("double", AnyValue.newBuilder().setDoubleValue(1.5)))
            .addAttributes(attribute("flag", AnyValue.newBuilder().setBoolValue(true)))
            .addAttributes(attribute(
                    "map", map(attribute("k", text("v")), attribute("n", map(attribute("d", whole(1)))))))
            .addAttributes(attribute("list", list(text("a"), whole(2), list(whole(3)))))
            .addAttributes(attribute("bytes", AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {
                1, (byte) 0xAB
            }))))
            .addAttributes(KeyValue.newBuilder().setKey("empty"))
            .addAttributes(attribute("number", text("17")))
            .build();

    private static AnyValue.Builder text(String text) {
        return AnyValue.newBuilder().setStringValue(text);
    }

    private static AnyValue.Builder whole(long number) {
        return AnyValue.newBuilder().setIntValue(number);
    }

    private static AnyValue.Builder map(KeyValue... entries) {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        for (KeyValue entry : entries) {
            list.addValues(entry);
        }
        return AnyValue.newBuilder().setKvlistValue(list);
    }

    private static AnyValue.Builder list(AnyValue.Builder... elements) {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (AnyValue.Builder element : elements) {
            list.addValues(element);
        }
        return AnyValue.newBuilder().setArrayValue(list);
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("\"a\\t\\\"\\u00e9\"", "\"a\t\"é\""),
                arguments("-3", "-3"),
                arguments("+3", "3"),
                arguments(".5e1", "5.0"),
                arguments("true", "true"),
                arguments("0x0aFF", "0x0aff"),
                arguments("[1, \"a\", [nil, true]]", "[1, \"a\", [nothing, true]]"),
                arguments("{\"a\": 1, \"b\": {\"c\": attributes[\"int\"]}}", "{a=1, b={c=42}}"),
                arguments("attributes[\"text\"]", "\"some text\""),
                arguments("log.attributes[\"int\"]", "42"),
                arguments("attributes[\"map\"][\"n\"][\"d\"]", "1"),
                arguments("attributes[\"list\"][2][0]", "3"),
                arguments("attributes[\"nowhere\"]", "not set"),
                arguments("attributes[\"nowhere\"][\"deeper\"]", "not set"),
                arguments("attributes[\"map\"][\"nowhere\"]", "not set"),
                arguments("attributes[\"empty\"]", "not set"),
                arguments("attributes[\"list\"][3]", "failed"),
                arguments("attributes[\"list\"][\"k\"]", "failed"),
                arguments("attributes[\"map\"][0]", "failed"),
                arguments("attributes[\"text\"][\"k\"]", "failed"),
                arguments("1 + 2 * 3 - 8 / 3", "5"),
                arguments("(1 + 2) * 3", "9"),
                arguments("attributes[\"int\"] / 5", "8"),
                arguments("attributes[\"double\"] * 2.0", "3.0"),
                arguments("attributes[\"double\"] * 2", "failed"),
                arguments("attributes[\"text\"] + 1", "failed"),
                arguments("attributes[\"int\"] / (attributes[\"int\"] - 42)", "failed"),
                arguments(
                        "Concat([\"a\", attributes[\"int\"], attributes[\"double\"], nil, attributes[\"flag\"]], \"-\")",
                        "\"a-42-1.5-<nil>-true\""),
                arguments("Concat([], \"-\")", "\"\""),
                arguments("Concat([attributes[\"bytes\"]], \"\")", "\"01ab\""),
                arguments("String(attributes[\"map\"])", "\"{\"k\":\"v\",\"n\":{\"d\":1}}\""),
                arguments("String(attributes[\"list\"])", "\"[\"a\",2,[3]]\""),
                arguments("String(100000000.0)", "\"100000000\""),
                arguments("String(attributes[\"nowhere\"])", "not set"),
                arguments("Int(attributes[\"number\"])", "17"),
                arguments("Int(attributes[\"text\"])", "not set"),
                arguments("Int(-1.9)", "-1"),
                arguments("Int(true)", "1"),
                arguments("Int(attributes[\"map\"])", "failed"),
                arguments("Double(attributes[\"int\"])", "42.0"),
                arguments("Double(\"1e3\")", "1000.0"),
                arguments("Double(attributes[\"text\"])", "failed"),
                arguments("Bool(\"T\")", "true"),
                arguments("Bool(attributes[\"text\"])", "not set"),
                arguments("Bool(0.0)", "false"),
                arguments("Len(attributes[\"text\"])", "9"),
                arguments("Len(attributes[\"list\"])", "3"),
                arguments("Len(attributes[\"map\"])", "2"),
                arguments("Len(attributes)", "9"),
                arguments("Len(attributes[\"int\"])", "failed"),
                arguments("ToUpperCase(attributes[\"text\"])", "\"SOME TEXT\""),
                arguments("ToLowerCase(\"ÄB\")", "\"äb\""),
                arguments("ToLowerCase(attributes[\"nowhere\"])", "failed"),
                arguments("SHA256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""),
                arguments("Substring(attributes[\"text\"], 5, 4)", "\"text\""),
                arguments("Substring(attributes[\"text\"], 5, 5)", "failed"),
                arguments("Substring(\"é\", 0, 1)", "failed"),
                arguments("Split(\"a,b,\", \",\")", "[\"a\", \"b\", \"\"]"),
                arguments("Split(\"é1\", \"\")", "[\"é\", \"1\"]"),
                arguments("Split(\"a,b\", \",\")[1]", "\"b\""),
                arguments("Split(\"a,b\", \",\")[2]", "failed"),
                arguments("severity_text", "\"\""),
                arguments("trace_id.string", "\"00000000000000000000000000000000\""),
                arguments("body", "not set"),
                arguments("body[\"x\"]", "failed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void expressionsHaveTheseValues(String expression, String expected) {
        LogRecord changed = Telling.log(LOG, "set(attributes[\"r\"], " + expression + ")");
        if (expected.equals("failed") || expected.equals("not set")) {
            assertThat(changed).isEqualTo(LOG);
            // A text tells the two apart: failing keeps what was there, and nil does so too, but is no failure.
            var harness = Telling.transform(
                    io.lightvessel.config.Signal.LOGS, "log", "set(attributes[\"r\"], " + expression + ")");
            Telling.run(harness, io.lightvessel.config.Signal.LOGS, Telling.request(LOG));
            assertThat(harness.metricsText().contains("} 1\n")).isEqualTo(expected.equals("failed"));
        } else {
            assertThat(changed.getAttributesList().subList(0, 9)).isEqualTo(LOG.getAttributesList());
            assertThat(Telling.tell(changed.getAttributes(9).getValue())).isEqualTo(expected);
        }
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments("true", true),
                arguments("not true", false),
                arguments("not false and false", false),
                arguments("true or false and false", true),
                arguments("(true or false) and false", false),
                arguments("not (true and false)", true),
                arguments("1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3 and 1 != 2", true),
                arguments("1 == 1.0", true),
                arguments("attributes[\"int\"] > 41.9", true),
                arguments("\"a\" < \"b\"", true),
                arguments("\"Z\" > \"é\"", false),
                arguments("false < true", true),
                arguments("0x0102 < 0x02", true),
                arguments("attributes[\"text\"] == \"some text\"", true),
                arguments("attributes[\"text\"] == 42", false),
                arguments("attributes[\"text\"] != 42", true),
                arguments("attributes[\"text\"] < 42", false),
                arguments("attributes[\"text\"] >= 42", false),
                arguments("attributes[\"int\"] == attributes[\"int\"]", true),
                arguments("attributes[\"int\"] == attributes[\"number\"]", false),
                arguments("attributes[\"nowhere\"] == nil", true),
                arguments("attributes[\"empty\"] == nil", true),
                arguments("attributes[\"text\"] != nil", true),
                arguments("attributes[\"text\"] > nil", false),
                arguments("nil <= nil", true),
                arguments("nil < nil", false),
                arguments("severity_text == nil", false),
                arguments("attributes[\"flag\"] == true", true),
                arguments("attributes[\"bytes\"] == 0x01ab", true),
                arguments("attributes[\"map\"] == {\"n\": {\"d\": 1}, \"k\": \"v\"}", true),
                arguments("attributes[\"map\"] == {\"n\": {\"d\": 1.0}, \"k\": \"v\"}", false),
                arguments("attributes[\"map\"] != {\"k\": \"v\"}", true),
                arguments("attributes[\"list\"] == [\"a\", 2, [3]]", true),
                arguments("attributes[\"list\"] == [\"a\", 2]", false),
                arguments("trace_id == TraceID(0x00000000000000000000000000000000)", true),
                arguments("span_id != SpanID(0x0000000000000001)", true),
                arguments("IsMatch(attributes[\"text\"], \"^some\")", true),
                arguments("IsMatch(attributes[\"text\"], \"e t\")", true),
                arguments("IsMatch(attributes[\"text\"], \"text$\")", true),
                arguments("IsMatch(attributes[\"text\"], \"^some text$\")", true),
                arguments("IsMatch(attributes[\"text\"], \"^text\")", false),
                arguments("IsMatch(attributes[\"text\"], \"some$\")", false),
                arguments("IsMatch(attributes[\"text\"], \"s.m.\\\\s\\\\w+\")", true),
                arguments("IsMatch(attributes[\"text\"], \".*tex.*\")", true),
                arguments("IsMatch(attributes[\"text\"], \"(?i)SOME\")", true),
                arguments("IsMatch(attributes[\"text\"], \"\")", true),
                arguments("IsMatch(attributes[\"int\"], \"^42$\")", true),
                arguments("IsMatch(attributes[\"double\"], \"1\\\\.5\")", true),
                arguments("IsMatch(attributes[\"flag\"], \"true\")", true),
                arguments("IsMatch(attributes[\"map\"], \"^.\\\"k\\\":\")", true),
                arguments("IsMatch(attributes[\"nowhere\"], \".*\")", false),
                arguments("IsString(attributes[\"text\"]) and not IsString(attributes[\"int\"])", true),
                arguments(
                        "IsInt(attributes[\"int\"]) and IsDouble(attributes[\"double\"]) and IsBool(attributes[\"flag\"])",
                        true),
                arguments("IsMap(attributes[\"map\"]) and IsMap(attributes) and IsList(attributes[\"list\"])", true),
                arguments("IsMap(body)", false),
                arguments(
                        "HasPrefix(attributes[\"text\"], \"some\") and HasSuffix(attributes[\"text\"], \"text\")",
                        true),
                arguments("HasPrefix(\"a\", \"ab\")", false),
                arguments("HasSuffix(attributes[\"int\"], \"2\")", false),
                arguments("Bool(attributes[\"text\"])", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void conditionsHoldOrDoNot(String condition, boolean holds) {
        LogRecord changed = Telling.log(LOG, "set(severity_text, \"yes\") where " + condition);
        assertThat(changed.getSeverityText()).isEqualTo(holds ? "yes" : "");
    }

    static Stream<Arguments> editors() {
        String before = "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}";
        return Stream.of(
                arguments(
                        "set(attributes[\"b\"], attributes[\"a\"])",
                        "{a=\"x-1\", b=\"x-1\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("set(attributes[\"a\"], attributes[\"nowhere\"])", before),
                arguments("set(attributes[\"m\"][\"b\"], 1)", "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1], b=1}}"),
                arguments(
                        "set(attributes[\"m\"][\"z\"][0], attributes[\"n\"])",
                        "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[3]}}"),
                arguments("set(attributes[\"m\"][\"z\"][1], 2)", before),
                arguments(
                        "set(attributes[\"new\"][\"k\"][1], 2)",
                        "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}, new={k=[nothing, 2]}}"),
                arguments("set(attributes[\"a\"][\"k\"], 2)", before),
                arguments("set(attributes, attributes[\"m\"])", "{a=\"x-1\", z=[1]}"),
                arguments("set(attributes, attributes[\"a\"])", before),
                arguments("delete_key(attributes, \"a\")", "{b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("delete_key(attributes[\"m\"], \"a\")", "{a=\"x-1\", b=\"y-2\", n=3, m={z=[1]}}"),
                arguments("delete_key(attributes[\"a\"], \"a\")", before),
                arguments("delete_key(attributes, \"nowhere\")", before),
                arguments("delete_matching_keys(attributes, \"^[ab]$\")", "{n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("keep_matching_keys(attributes, \"n|m\")", "{n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("keep_keys(attributes, [\"n\", \"a\"])", "{a=\"x-1\", n=3}"),
                arguments("keep_keys(attributes, [])", "{}"),
                arguments("keep_keys(attributes[\"m\"], [\"z\"])", "{a=\"x-1\", b=\"y-2\", n=3, m={z=[1]}}"),
                arguments("limit(attributes, 2, [\"m\"])", "{a=\"x-1\", m={a=\"x-1\", z=[1]}}"),
                arguments("limit(attributes, 4, [])", before),
                arguments(
                        "merge_maps(attributes, {\"a\": 1, \"q\": 2}, \"insert\")",
                        "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}, q=2}"),
                arguments(
                        "merge_maps(attributes, {\"a\": 1, \"q\": 2}, \"update\")",
                        "{a=1, b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "merge_maps(attributes, attributes[\"m\"], \"upsert\")",
                        "{a=\"x-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}, z=[1]}"),
                arguments("merge_maps(attributes, attributes[\"a\"], \"upsert\")", before),
                arguments("truncate_all(attributes, 1)", "{a=\"x\", b=\"y\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "truncate_all(attributes, 2, truncation_marker = \"~\")",
                        "{a=\"x~\", b=\"y~\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("truncate_all(attributes, 3)", before),
                arguments(
                        "replace_pattern(attributes[\"a\"], \"(\\\\w)-(\\\\d)\", \"$2-${1}_$$\")",
                        "{a=\"1-x_$\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_pattern(attributes[\"a\"], \"(?P<letter>[a-z])\", \"<$letter|$nowhere|$1x>\")",
                        "{a=\"<x||>-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_pattern(attributes[\"a\"], \"q*\", \".\")",
                        "{a=\".x.-.1.\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_pattern(attributes[\"a\"], \"x\", attributes[\"b\"])",
                        "{a=\"y-2-1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("replace_pattern(attributes[\"n\"], \"3\", \"4\")", before),
                arguments("replace_pattern(attributes[\"nowhere\"], \"3\", \"4\")", before),
                arguments("replace_pattern(attributes[\"a\"], \"x\", attributes[\"n\"])", before),
                arguments(
                        "replace_match(attributes[\"a\"], \"x-*\", \"$1\")",
                        "{a=\"$1\", b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments("replace_match(attributes[\"a\"], \"-\", \"\")", before),
                arguments(
                        "replace_all_matches(attributes, \"?-[12]\", \"z\")",
                        "{a=\"z\", b=\"z\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_all_matches(attributes, \"[!x]-*\", \"z\")",
                        "{a=\"x-1\", b=\"z\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_all_patterns(attributes, \"value\", \"-\\\\d\", \"\")",
                        "{a=\"x\", b=\"y\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_all_patterns(attributes, \"key\", \"^([ab])$\", \"k.$1\")",
                        "{k.a=\"x-1\", k.b=\"y-2\", n=3, m={a=\"x-1\", z=[1]}}"),
                arguments(
                        "replace_all_patterns(attributes, \"key\", \"^[ab]$\", \"n\")", "{n=3, m={a=\"x-1\", z=[1]}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("editors")
    void editorsLeaveTheseAttributes(String statement, String expected) {
        LogRecord log = LogRecord.newBuilder()
                .addAttributes(attribute("a", text("x-1")))
                .addAttributes(attribute("b", text("y-2")))
                .addAttributes(attribute("n", whole(3)))
                .addAttributes(attribute("m", map(attribute("a", text("x-1")), attribute("z", list(whole(1))))))
                .build();
        assertThat(Telling.tell(Telling.log(log, statement).getAttributesList()))
                .isEqualTo(expected);
    }

    @org.junit.jupiter.api.Test
    void charactersAreNotCutUnlessAskedFor() {
        LogRecord log = LogRecord.newBuilder()
                .addAttributes(attribute("a", text("aéé")))
                .build();
        assertThat(Telling.tell(Telling.log(log, "truncate_all(attributes, 4)").getAttributesList()))
                .isEqualTo("{a=\"aé\"}");
        assertThat(Telling.tell(Telling.log(log, "truncate_all(attributes, 0)").getAttributesList()))
                .isEqualTo("{a=\"\"}");
    }

    @org.junit.jupiter.api.Test
    void theCacheLastsForOneRecord() {
        LogRecord log =
                LogRecord.newBuilder().addAttributes(attribute("a", text("x"))).build();
        LogRecord changed = Telling.log(
                log,
                "set(cache[\"was\"], attributes[\"a\"])",
                "set(cache[\"deep\"][\"er\"], 1)",
                "set(attributes[\"a\"], \"y\")",
                "delete_key(cache, \"deep\")",
                "set(attributes[\"b\"], cache)");
        assertThat(Telling.tell(changed.getAttributesList())).isEqualTo("{a=\"y\", b={was=\"x\"}}");
    }
}
