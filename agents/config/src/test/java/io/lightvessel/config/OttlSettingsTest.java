package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OttlSettingsTest {

    private static final String CONFIG = """
            receivers: { otlp: { protocols: { grpc: } } }
            processors:
            %s
            exporters: { debug: }
            service:
              pipelines:
                logs: { receivers: [otlp], processors: [%s], exporters: [debug] }
            """;

    private static ParseOutcome parse(String type, String settings) {
        return ConfigParser.parse(
                CONFIG.formatted(settings.indent(2).stripTrailing(), type), Environment.of(Map.of("LEVEL", "info")));
    }

    private static List<String> findings(String type, String settings) {
        return parse(type, settings).findings().stream().map(Finding::toString).toList();
    }

    @Test
    void everyWrongStatementIsNamedWithItsLine() {
        assertThat(findings("transform", """
                        transform:
                          log_statements:
                            - context: log
                              conditions:
                                - severity_number > "x"
                              statements:
                                - set(body, "x")
                                - delete_keys(attributes, "a")
                            - set(log.severity_number, "x")
                            - set(body, "x")
                            - set(log.body, span.name)
                            - [a]
                          metric_statements:
                            - statements: []
                          trace_statements:
                            - context: log
                              statements: ['set(name, "x")']
                        """))
                .containsExactly(
                        "line 7: processors::transform::log_statements::0::conditions::0: a whole number > a text at column 17 (expected: values of one type)",
                        "line 10: processors::transform::log_statements::0::statements::1: unknown function 'delete_keys' at column 1 (expected: 'delete_key'?)",
                        "line 11: processors::transform::log_statements::1: a text for log.severity_number at column 26 (expected: a whole number)",
                        "line 12: processors::transform::log_statements::2: path 'body' without a context at column 5 (expected: resource., scope., log. in front of it)",
                        "line 13: processors::transform::log_statements::3: path 'span' without a context at column 15 (expected: resource., scope., log. in front of it)",
                        "line 14: processors::transform::log_statements::4: a list (expected: a statement or a mapping of keys)",
                        "line 16: processors::transform::metric_statements::0::statements: an empty list (expected: at least one)",
                        "line 18: processors::transform::trace_statements::0::context: 'log' (expected: one of resource, scope, span, spanevent)");
    }

    @Test
    void wrongConditionsOfFiltersAreNamedToo() {
        assertThat(findings("filter", """
                        filter:
                          error_mode: shout
                          logs:
                            log_record:
                              - 'IsMatch(body, "(")'
                              - attributes["x"]
                          traces:
                            span: name == "x"
                          log_conditions:
                            - set(log.body, "x")
                            - conditions: ["true"]
                        """))
                .containsExactly(
                        "line 4: processors::filter::error_mode: 'shout' (expected: one of ignore, silent, propagate)",
                        "line 7: processors::filter::logs::log_record::0: pattern \"(\" (missing closing )) at column 15 (expected: an RE2 regular expression)",
                        "line 8: processors::filter::logs::log_record::1: 'attributes' alone at column 1 (expected: a comparison, such as log.attributes[\"x\"] == true)",
                        "line 10: processors::filter::traces::span: 'name == \"x\"' (expected: a list of OTTL conditions for context span)",
                        "line 12: processors::filter::log_conditions::0: a value alone at column 1 (expected: a condition, such as a comparison)",
                        "line 13: processors::filter::log_conditions::1::conditions::0: no field at column 1 (expected: at least one path that names its context, such as log.attributes[\"key\"])");
    }

    @Test
    void goodStatementsAreGroupedUnderTheirContexts() {
        ParseOutcome outcome = parse("transform", """
                transform:
                  log_statements:
                    - set(resource.attributes["level"], "${env:LEVEL}")
                    - set(log.attributes["n"], resource.attributes["n"])
                    - conditions: ['log.body != nil']
                      error_mode: silent
                      statements: ['set(scope.name, "$$1")']
                """);
        assertThat(outcome).isInstanceOf(ParseOutcome.Valid.class);
        Settings settings = ((ParseOutcome.Valid) outcome)
                .config()
                .processors()
                .get(ComponentId.of("transform"))
                .settings();
        List<Settings> groups = settings.sections("log_statements");
        assertThat(groups).extracting(group -> group.string("context")).containsExactly("resource", "log", "log");
        assertThat(groups.getFirst().strings("statements"))
                .containsExactly("set(resource.attributes[\"level\"], \"info\")");
        assertThat(groups.getLast().strings("statements")).containsExactly("set(scope.name, \"$1\")");
        assertThat(groups.getLast().string("error_mode")).isEqualTo("silent");
        assertThat(settings.string("error_mode")).isEqualTo("ignore");
    }

    @Test
    void statementsThatWaitForTheEnvironmentAreCheckedByTheAgent() {
        String config = CONFIG.formatted(
                "  transform: { log_statements: ['set(log.body, \"${env:NOWHERE}\")', 'bad(log.body)'] }", "transform");
        assertThat(ConfigParser.parse(config, Environment.UNRESOLVED).findings())
                .extracting(Finding::path)
                .containsExactly("processors::transform::log_statements::1");
    }
}
