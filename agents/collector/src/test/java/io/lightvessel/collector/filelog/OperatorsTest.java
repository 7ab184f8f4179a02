package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.collector.filelog.operator.ProtoBytes;
import io.lightvessel.config.Settings;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {

    @Test
    void membersOfAnObjectBecomeAttributes() throws Exception {
        LogRecord record = record("[{type: json_parser}]", """
                {"msg":"a \\"quoted\\" caf\\u00e9 \\ud83d\\ude00","n":1.5e2,"ok":true,"none":null,"in":{"a":["x",-2]}}""");
        assertThat(texts(record)).containsEntry("msg", "a \"quoted\" café 😀").containsEntry("log.iostream", "stdout");
        assertThat(value(record, "n").getDoubleValue()).isEqualTo(150);
        assertThat(value(record, "ok").getBoolValue()).isTrue();
        assertThat(value(record, "none").getValueCase().getNumber()).isZero();
        KeyValue inner = value(record, "in").getKvlistValue().getValues(0);
        assertThat(inner.getKey()).isEqualTo("a");
        assertThat(inner.getValue().getArrayValue().getValues(0).getStringValue())
                .isEqualTo("x");
        assertThat(inner.getValue().getArrayValue().getValues(1).getDoubleValue())
                .isEqualTo(-2);
        assertThat(record.getBody().getStringValue()).startsWith("{\"msg\"");
    }

    @Test
    void severityAndTimeComeFromWhatWasRead() throws Exception {
        LogRecord record = record(
                "[{type: json_parser, parse_ints: true, severity: {parse_from: attributes.level},"
                        + " timestamp: {parse_from: attributes.ts, layout: '%Y-%m-%d %H:%M:%S.%L %z'}},"
                        + " {type: move, from: attributes.msg, to: body}, {type: remove, field: attributes.ts},"
                        + " {type: add, field: 'attributes[\"team.name\"]', value: shop}]",
                "{\"level\":\"WARNING\",\"ts\":\"2026-11-27 11:00:00.250 +0100\",\"msg\":\"slow\",\"n\":7}");
        assertThat(record.getSeverityNumberValue()).isEqualTo(13);
        assertThat(record.getSeverityText()).isEqualTo("WARNING");
        assertThat(record.getTimeUnixNano()).isEqualTo(1_795_773_600_250_000_000L);
        assertThat(record.getBody().getStringValue()).isEqualTo("slow");
        assertThat(value(record, "n").getIntValue()).isEqualTo(7);
        assertThat(texts(record)).containsEntry("team.name", "shop").doesNotContainKeys("ts", "msg");
    }

    @Test
    void numbersOfLoggersAreSeverities() throws Exception {
        assertThat(record("[{type: json_parser, severity: {parse_from: attributes.level}}]", "{\"level\":50}")
                        .getSeverityNumberValue())
                .isEqualTo(17);
        assertThat(record(
                                "[{type: json_parser, severity: {parse_from: attributes.s, preset: none, mapping: {error2: [bad]}}}]",
                                "{\"s\":\"BAD\"}")
                        .getSeverityNumberValue())
                .isEqualTo(18);
    }

    @Test
    void pairsBecomeAttributes() throws Exception {
        LogRecord record = record(
                "[{type: key_value_parser}]", "level=info msg=\"all is \\\"well\\\"\" url=http://x/?a=b  empty=");
        assertThat(texts(record))
                .containsEntry("level", "info")
                .containsEntry("msg", "all is \"well\"")
                .containsEntry("url", "http://x/?a=b")
                .containsEntry("empty", "");
    }

    @Test
    void whatCannotBeReadIsSentAsItIs() throws Exception {
        for (String text : List.of("{\"a\":1", "{\"a\":1} x", "{\"a\":01}", "plain", "a=b c", "k=\"open")) {
            LogRecord record = record("[{type: json_parser}, {type: key_value_parser}]", text);
            assertThat(record.getBody().getStringValue()).isEqualTo(text);
            assertThat(texts(record)).containsOnlyKeys("log.iostream");
        }
    }

    @Test
    void groupsOfAPatternBecomeAttributes() throws Exception {
        LogRecord record =
                record("[{type: regex_parser, regex: '^(?P<method>[A-Z]+) (?P<path>\\S+)'}]", "GET /cart 200");
        assertThat(texts(record)).containsEntry("method", "GET").containsEntry("path", "/cart");
    }

    @ParameterizedTest
    @CsvSource({
        "email,mail to a.b@example.com now,mail to *** now",
        "password,login password=hunter2 ok,login *** ok",
        "bearer_token,Authorization: Bearer abcdefgh.ijk,Authorization: ***",
        "ipv4,from 10.1.2.3 to 999.1.1.1,from *** to 999.1.1.1",
        "credit_card,card 4111 1111 1111 1111 used,card *** used"
    })
    void secretsAreReplaced(String name, String text, String replaced) throws Exception {
        assertThat(record("[{type: regex_replace, field: body, regex_name: " + name + ", replace_with: '***'}]", text)
                        .getBody()
                        .getStringValue())
                .isEqualTo(replaced);
    }

    @Test
    void coloursAreTakenAway() throws Exception {
        assertThat(record(
                                "[{type: regex_replace, field: body, regex_name: ansi_control_sequences}]",
                                "\u001b[31merror\u001b[0m")
                        .getBody()
                        .getStringValue())
                .isEqualTo("error");
    }

    @ParameterizedTest
    @CsvSource({
        "'%d/%b/%Y:%H:%M:%S %z','27/Nov/2026:10:00:00 +0000',1795773600000000000",
        "'%m/%d/%y %I:%M:%S %p','11/27/26 10:00:00 PM',1795816800000000000",
        "'%FT%T.%fZ','2026-11-27T10:00:00.5Z',1795773600500000000",
        "'%j %Y','331 2026',1795737600000000000",
        "'%Y','20x6',-1",
        "'%F','2026-13-01',-1"
    })
    void timesAreReadByTheirLayout(String layout, String text, long nanos) throws Exception {
        LogRecord record = record("[{type: time_parser, parse_from: body, layout: '" + layout + "'}]", text);
        assertThat(record.getTimeUnixNano()).isEqualTo(nanos < 0 ? 1 : nanos);
    }

    @ParameterizedTest
    @CsvSource({"s,1795773600", "ms,1795773600000", "s.ms,1795773600.000", "ns,1795773600000000000"})
    void timesAreCountedFromTheEpoch(String layout, String text) throws Exception {
        LogRecord record =
                record("[{type: time_parser, parse_from: body, layout_type: epoch, layout: " + layout + "}]", text);
        assertThat(record.getTimeUnixNano()).isEqualTo(1_795_773_600_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: json_parser, regex: x}|regex for json_parser",
                "{type: regex_parser, regex: '('}|'(': missing closing )",
                "{type: regex_parser, regex: 'abc'}|0 groups, 0 of them named",
                "{type: recombine}|recombine with no condition",
                "{type: recombine, is_first_entry: 'line > 3'}|'line' at column 1 (expected: body, attributes",
                "{type: recombine, is_first_entry: 'attributes.a == 1'}|'attributes' at column 1 (expected: the body alone)",
                "{type: json_parser, if: 'body > 3'}|'>' between text and a number at column 6 (expected: two numbers",
                "{type: json_parser, on_error: ignore}|'ignore' (expected: one of send, send_quiet, drop, drop_quiet)",
                "{type: container, if: 'true'}|if for container",
                "{type: recombine, language: java}, {type: container}|container in place 2",
                "{type: json_parser}, {type: recombine, language: java}|recombine in place 2",
                "{type: severity_parser}|missing (expected: a value)",
                "{type: time_parser, parse_from: body, layout: '%Q'}|'%Q' (expected: strptime",
                "{type: regex_replace, field: resource.x, regex: a}|'resource.x' (expected: body",
                "{type: remove, field: body}|body (expected: an attribute)",
                "{type: severity_parser, parse_from: attributes.l, mapping: {bad: [x]}}|'bad' (expected: trace"
            })
    void wrongOperatorsAreFoundWithTheConfig(String operators, String message) {
        assertThatThrownBy(() -> Fixtures.settings("include: [/x]", "operators: [" + operators + "]"))
                .hasMessageContaining(message);
    }

    @Test
    void anOperatorIsLeftOutWhereItsConditionDoesNotHold() throws Exception {
        String operators = "[{type: json_parser, if: 'body startsWith \"{\"', on_error: drop},"
                + " {type: add, if: 'attributes.level == \"error\"', field: attributes.alert, value: page},"
                + " {type: add, if: 'attributes[\"log.iostream\"] == \"stdout\" and resource[\"k8s.pod.name\"] == \"a\"',"
                + " field: attributes.from, value: out}]";
        assertThat(texts(record(operators, "{\"level\":\"error\"}")))
                .containsEntry("alert", "page")
                .containsEntry("from", "out");
        assertThat(texts(record(operators, "{\"level\":\"info\"}"))).doesNotContainKey("alert");
        assertThat(texts(record(operators, "plain"))).containsOnlyKeys("log.iostream", "from");
    }

    @Test
    void nestedValuesCanBeAskedFor() throws Exception {
        String operators = "[{type: json_parser, parse_ints: true},"
                + " {type: add, if: 'attributes.http.codes != nil and 503 in attributes.http.codes and not"
                + " (attributes.http.ok) and attributes.http.none == nil and attributes.http.s == 0.5',"
                + " field: attributes.found, value: yes}]";
        assertThat(texts(record(
                        operators,
                        "{\"http\":{\"codes\":[200,503,{}],\"ok\":false,\"none\":null,\"s\":0.5,\"t\":\"x\"}}")))
                .containsEntry("found", "yes");
    }

    @Test
    void whatCannotBeReadIsDroppedWhereThatIsWanted() {
        List<String> heard = new ArrayList<>();
        LogBatch batch = batch(
                "[{type: json_parser, id: first, on_error: drop, severity: {parse_from: attributes.level}},"
                        + " {type: time_parser, parse_from: attributes.ts, layout: '%Y', on_error: send},"
                        + " {type: move, from: attributes.no, to: body, on_error: send_quiet},"
                        + " {type: remove, field: attributes.level, if: 'attributes.level > 5', on_error: drop_quiet}]",
                (operator, dropped, loud) ->
                        heard.add(operator + (dropped ? " dropped" : " sent") + (loud ? " loud" : "")));
        put(batch, "not json");
        assertThat(batch.records()).isZero();
        assertThat(batch.droppedLines()).isEqualTo(1);
        assertThat(batch.droppedBytes()).isEqualTo(8);
        assertThat(heard).containsExactly("json_parser first dropped loud");

        put(batch, "{\"level\":\"unheard of\",\"ts\":\"2026\"}");
        assertThat(batch.droppedLines())
                .as("its severity belongs to the parser")
                .isEqualTo(2);

        heard.clear();
        put(batch, "{\"level\":\"info\",\"ts\":\"now\"}");
        assertThat(batch.droppedLines()).isEqualTo(3);
        assertThat(heard)
                .containsExactly(
                        "time_parser operators::1 sent loud", "move operators::2 sent", "remove operators::3 dropped");
        batch.told();
        assertThat(batch.droppedLines() + batch.droppedBytes()).isZero();
    }

    private static void put(LogBatch batch, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        batch.line(1, "stdout", bytes, 0, bytes.length);
    }

    private static LogBatch batch(String operators, Operators.Complaints complaints) {
        Settings settings = Fixtures.settings("include: [/x]", "operators: " + operators);
        LogBatch batch = new LogBatch(
                Map.of("k8s.pod.name", "a"),
                Map.of(),
                new ProtoBytes(),
                Operators.of(List.of(), Operators.Preset.NONE, settings.sections("operators"), complaints));
        batch.begin(1);
        return batch;
    }

    private static LogRecord record(String operators, String text) throws Exception {
        LogBatch batch = batch(operators, Operators.Complaints.NONE);
        put(batch, text);
        return ExportLogsServiceRequest.parseFrom(ByteBufUtil.getBytes(batch.finish(UnpooledByteBufAllocator.DEFAULT)))
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecords(0);
    }

    private static AnyValue value(LogRecord record, String key) {
        return record.getAttributesList().stream()
                .filter(a -> a.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static Map<String, String> texts(LogRecord record) {
        return record.getAttributesList().stream()
                .filter(a -> a.getValue().hasStringValue())
                .collect(Collectors.toMap(KeyValue::getKey, a -> a.getValue().getStringValue()));
    }
}
