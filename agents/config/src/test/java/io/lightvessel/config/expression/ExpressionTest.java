package io.lightvessel.config.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Map<String, Object> ATTRIBUTES = new HashMap<>(Map.of(
            "level",
            "error",
            "status",
            503L,
            "seconds",
            0.25,
            "ok",
            true,
            "log.iostream",
            "stderr",
            "tags",
            List.of("a", 7L),
            "http",
            Map.of("route", "/cart", "in", Map.of("deep", 1L))));

    static {
        ATTRIBUTES.put("nothing", null);
    }

    private static final Scope RECORD = new Scope() {
        @Override
        public String body() {
            return "ERROR café is \"closed\"";
        }

        @Override
        public String severityText() {
            return "ERROR";
        }

        @Override
        public long severityNumber() {
            return 17;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return ATTRIBUTES.get(name);
        }

        @Override
        public boolean hasAttribute(String name) {
            return ATTRIBUTES.containsKey(name);
        }

        @Override
        public @Nullable String resource(String name) {
            return name.equals("k8s.namespace.name") ? "shop" : null;
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body matches '^ERR\\\\w+ '",
                "body matches \"caf.\\s\"",
                "body contains '\"closed\"'",
                "body contains \"\\\"closed\\\"\"",
                "body startsWith `ERROR ` and body endsWith 'd\"'",
                "$body startsWith 'ERROR'",
                "attributes.level == \"error\"",
                "attributes[\"log.iostream\"] == 'stderr'",
                "attributes['status'] >= 500 && attributes.status < 600",
                "attributes.status == 503.0 and 503 == attributes.status",
                "attributes.seconds <= 0.25 and attributes.seconds > -1",
                "attributes.ok",
                "attributes.ok == true and not (attributes.ok == false)",
                "not attributes.ok == false",
                "attributes.missing == nil and attributes.nothing == nil",
                "attributes.level != nil",
                "attributes.missing != 'x'",
                "not (attributes.missing matches 'x')",
                "!(attributes.missing contains 'x')",
                "'level' in attributes and 'nothing' in attributes and not ('missing' in attributes)",
                "'missing' not in attributes and 'k8s.namespace.name' in resource",
                "attributes.level in ['warn', 'error']",
                "attributes.status in [500, 503] and attributes.status not in ['503']",
                "attributes.missing in [nil] and 'a' in attributes.tags and 7 in attributes.tags",
                "'route' in attributes.http and attributes.http.route startsWith '/'",
                "attributes.http['in'].deep == 1 and attributes.http.other == nil",
                "attributes.missing?.a?.b == nil",
                "resource['k8s.namespace.name'] == 'shop' and resource.other == nil",
                "body not matches '^INFO' and body not contains 'open' and body not startsWith ' '",
                "severity_number >= 17 and severity_text == 'ERROR'",
                "len(attributes.tags) == 2 and len('café') == 4 and len(attributes.http) == 2",
                "lower(body) contains 'error' and upper(attributes.level) == 'ERROR' and trim(' x ') == 'x'",
                "type(attributes.status) == 'int' and type(attributes.http) == 'map' and type(nil) == 'nil'",
                "false or false and true or true",
                "'a' < 'b' and attributes.level > 'e'",
                "true || attributes.level > 5",
                "len([1, 2]) == 2",
                "body\n  matches 'ERROR'"
            })
    void holds(String text) throws Exception {
        assertThat(Expression.parse(text).holds(RECORD)).as(text).isTrue();
        assertThat(Expression.parse("not (" + text + ")").holds(RECORD))
                .as(text)
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attributes.level > 5|'>' between text and a number (expected: two numbers or two texts)",
                "attributes.missing > 5|'>' between nil and a number (expected: two numbers or two texts)",
                "attributes.status matches '5'|a number for matches (expected: text)",
                "attributes.ok contains 'x'|true or false for contains (expected: text)",
                "attributes.level|text (expected: true or false)",
                "not attributes.status|a number (expected: true or false)",
                "attributes.level.name == 'x'|'name' of text (expected: a map)",
                "attributes.missing.name == 'x'|'name' of nil (expected: a map)",
                "'e' in attributes.level|text behind 'in' (expected: a list or a map)",
                "lower(attributes.tags) == 'x'|a function of a list (expected: text)"
            })
    void valuesOfARecordMayBeWrong(String text, String message) throws Exception {
        Expression expression = Expression.parse(text);
        assertThatThrownBy(() -> expression.holds(RECORD))
                .isInstanceOf(EvaluationFailure.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|the end at column 1 (expected: body, attributes, resource,",
                "body|text for the expression at column 1 (expected: true or false",
                "body == 5|'==' between text and a number at column 6 (expected: two values of a kind)",
                "body.level == 'x'|'level' of text at column 5 (expected: a member of attributes or resource",
                "not body == 'x'|text for not at column 5 (expected: true or false; what is compared stands in parentheses",
                "attributes == nil|'==' between all attributes and nil at column 12",
                "attributes.a = 'x'|'=' at column 14 (expected: a name, a value or an operator)",
                "attributes.a == |the end at column 16 (expected: body,",
                "body matches attributes.a|'attributes' at column 14 (expected: a regular expression in quotes)",
                "body matches '('|'(' at column 14 (expected: a regular expression of RE2: error parsing regexp: missing closing )",
                "severity_number matches '1'|a number for matches at column 1 (expected: text)",
                "body < 3|'<' between text and a number at column 6 (expected: two numbers or two texts)",
                "body > nil|'>' between text and nil at column 6",
                "body in 'x'|text behind 'in' at column 9 (expected: a list such as",
                "5 in attributes|'in' behind a number at column 3 (expected: text)",
                "5 in [body]|'body' at column 7 (expected: texts, numbers, true, false or nil in a list)",
                "line == 'x'|'line' at column 1 (expected: body,",
                "EXPR(body) == 'x'|function 'EXPR' at column 1 (expected: len, lower, upper, trim or type)",
                "body == 'x|a text without its end at column 9 (expected: ' at its end)",
                "(body == 'x'|the end at column 13 (expected: and, or, a comparison or ))",
                "body == 'x' body|'body' at column 13 (expected: and, or, a comparison, or the end)",
                "body == 'x' == true|'==' at column 13 (expected: and, or, a comparison, or the end)",
                "body not == 'x'|'==' at column 10 (expected: in, matches, contains, startsWith or endsWith)",
                "true and 5|a number for and at column 10 (expected: true or false",
                "attributes. == 'x'|'==' at column 13 (expected: a member's name)",
                "attributes[0] == 'x'|'0' at column 12 (expected: a key in quotes)",
                "attributes.a == 12a|'12a' at column 17 (expected: a number such as 400 or 0.5)",
                "attributes.a == 99999999999999999999|'99999999999999999999' at column 17 (expected: a number of 64 bits)",
                "attributes.a ? true : false|'?' at column 14 (expected: a name, a value or an operator)",
                "len(5) == 1|a number for a function at column 5 (expected: text)"
            })
    void whatIsWrongIsFoundWithoutARecord(String text, String message) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(ExpressionError.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void nothingNestsOrGrowsWithoutBound() {
        assertThatThrownBy(() -> Expression.parse("(".repeat(33) + "true" + ")".repeat(33)))
                .hasMessageContaining("nesting of more than 32 at column 33");
        assertThatThrownBy(() -> Expression.parse("not ".repeat(40) + "true"))
                .hasMessageContaining("nesting of more than 32");
        assertThatThrownBy(() -> Expression.parse("attributes" + ".a".repeat(40) + " == 1"))
                .hasMessageContaining("one more member");
        assertThatThrownBy(() -> Expression.parse("true " + "and true ".repeat(1000)))
                .hasMessageContaining("characters at column 1 (expected: at most 4096)");
        assertThatThrownBy(() -> Expression.parse("1 in [" + "1,".repeat(1001) + "1]"))
                .hasMessageContaining("one more element");
    }

    @Test
    void onlyTheBodyIsKnownWhereLinesAreMadeWhole() throws Exception {
        assertThat(Expression.parseOfBody("body matches 'a' or lower(body) startsWith 'error'")
                        .holds(RECORD))
                .isTrue();
        assertThatThrownBy(() -> Expression.parseOfBody("body matches 'a' or not (attributes.a == 'b')"))
                .hasMessage("'attributes' at column 26 (expected: the body alone)");
        assertThatThrownBy(() -> Expression.parseOfBody("severity_number > 3"))
                .hasMessage("'severity_number' at column 1 (expected: the body alone)");
    }
}
