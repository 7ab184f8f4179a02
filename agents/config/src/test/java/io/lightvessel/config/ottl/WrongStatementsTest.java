package io.lightvessel.config.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongStatementsTest {

    static Stream<Arguments> statements() {
        return Stream.of(
                // Names
                arguments(
                        OttlContext.LOG,
                        "delete_keys(attributes, \"a\")",
                        "unknown function 'delete_keys' at column 1 (expected: 'delete_key'?)"),
                arguments(
                        OttlContext.LOG,
                        "frobnicate(body)",
                        "unknown function 'frobnicate' at column 1 (expected: one of set, delete_key, delete_matching_keys, keep_keys, keep_matching_keys, limit, merge_maps, replace_all_matches, replace_all_patterns, replace_match, replace_pattern, truncate_all)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, Concatenate([\"a\"], \"\"))",
                        "unknown function 'Concatenate' at column 11 (expected: one of Bool, Concat, Double, HasPrefix, HasSuffix, Int, IsBool, IsDouble, IsInt, IsList, IsMap, IsMatch, IsString, Len, SHA256, SpanID, Split, String, Substring, ToLowerCase, ToUpperCase, TraceID)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, \"x\") where Ismatch(body, \"x\")",
                        "unknown function 'Ismatch' at column 22 (expected: 'IsMatch'?)"),
                arguments(
                        OttlContext.LOG,
                        "set(severty_text, \"x\")",
                        "unknown field 'severty_text' of log at column 5 (expected: 'severity_text'?)"),
                arguments(
                        OttlContext.LOG,
                        "set(log.atributes[\"x\"], 1)",
                        "unknown field 'atributes' of log at column 9 (expected: 'attributes'?)"),
                arguments(
                        OttlContext.RESOURCE,
                        "set(name, \"x\")",
                        "unknown field 'name' of resource at column 5 (expected: one of cache, attributes, dropped_attributes_count)"),
                arguments(
                        OttlContext.SPAN,
                        "set(status.cod, 1)",
                        "unknown field 'status.cod' of span at column 5 (expected: 'status.code'?)"),
                arguments(
                        OttlContext.LOG,
                        "set(severity_number, SEVERITY_NUMBER_WARNING)",
                        "unknown enum 'SEVERITY_NUMBER_WARNING' at column 22 (expected: 'SEVERITY_NUMBER_WARN'?)"),
                arguments(
                        OttlContext.LOG,
                        "set(severity_number, 9) where severity_number == STATUS_CODE_ERROR",
                        "unknown enum 'STATUS_CODE_ERROR' at column 50 (expected: one of SEVERITY_NUMBER_DEBUG, SEVERITY_NUMBER_DEBUG2, SEVERITY_NUMBER_DEBUG3, SEVERITY_NUMBER_DEBUG4, SEVERITY_NUMBER_ERROR, SEVERITY_NUMBER_ERROR2, SEVERITY_NUMBER_ERROR3, SEVERITY_NUMBER_ERROR4, SEVERITY_NUMBER_FATAL, SEVERITY_NUMBER_FATAL2, SEVERITY_NUMBER_FATAL3, SEVERITY_NUMBER_FATAL4, SEVERITY_NUMBER_INFO, SEVERITY_NUMBER_INFO2, SEVERITY_NUMBER_INFO3, SEVERITY_NUMBER_INFO4, SEVERITY_NUMBER_TRACE, SEVERITY_NUMBER_TRACE2, SEVERITY_NUMBER_TRACE3, SEVERITY_NUMBER_TRACE4, SEVERITY_NUMBER_UNSPECIFIED, SEVERITY_NUMBER_WARN, SEVERITY_NUMBER_WARN2, SEVERITY_NUMBER_WARN3, SEVERITY_NUMBER_WARN4)"),
                arguments(
                        OttlContext.RESOURCE,
                        "set(attributes[\"k\"], SPAN_KIND_SERVER)",
                        "unknown enum 'SPAN_KIND_SERVER' at column 22 (expected: a number, since context resource has no names for numbers)"),
                // Contexts
                arguments(
                        OttlContext.LOG,
                        "set(span.name, \"x\")",
                        "context 'span' at column 5 (expected: resource, scope, log in context log)"),
                arguments(
                        OttlContext.RESOURCE,
                        "set(attributes[\"x\"], log.body)",
                        "context 'log' at column 22 (expected: resource in context resource)"),
                arguments(
                        OttlContext.METRIC,
                        "set(name, datapoint.attributes[\"x\"])",
                        "context 'datapoint' at column 11 (expected: resource, scope, metric in context metric)"),
                arguments(
                        OttlContext.LOG,
                        "set(resource, \"x\")",
                        "'resource' at column 5 (expected: one of its fields, such as resource.attributes)"),
                arguments(
                        OttlContext.LOG,
                        "set(resource[\"x\"].attributes, \"x\")",
                        "keys behind 'resource' at column 5 (expected: a field's name behind it)"),
                // Types
                arguments(
                        OttlContext.LOG,
                        "set(severity_number, \"x\")",
                        "a text for log.severity_number at column 22 (expected: a whole number)"),
                arguments(
                        OttlContext.LOG,
                        "set(severity_text, 3)",
                        "a whole number for log.severity_text at column 20 (expected: a text)"),
                arguments(
                        OttlContext.LOG,
                        "set(attributes, \"x\")",
                        "a text for log.attributes at column 17 (expected: a map)"),
                arguments(
                        OttlContext.LOG,
                        "set(attributes[\"t\"], trace_id)",
                        "a trace id for log.attributes[\"t\"] at column 22 (expected: its .string)"),
                arguments(
                        OttlContext.LOG,
                        "set(trace_id, \"00\")",
                        "a text for log.trace_id at column 15 (expected: a trace id)"),
                arguments(
                        OttlContext.LOG,
                        "set(trace_id, TraceID(0x0102))",
                        "an id of 2 bytes at column 23 (expected: 16 bytes)"),
                arguments(
                        OttlContext.LOG,
                        "set(span_id, SpanID(\"x\"))",
                        "a text as value of 'SpanID' at column 21 (expected: bytes such as 0x0a1b)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, nil)",
                        "nil as value of 'set' at column 11 (expected: a value, or delete_key to remove a key)"),
                arguments(OttlContext.LOG, "set(flags, -1)", "-1 for log.flags at column 12 (expected: 0..4294967295)"),
                arguments(
                        OttlContext.DATAPOINT,
                        "set(value_double, 1)",
                        "a whole number for datapoint.value_double at column 19 (expected: a decimal number)"),
                arguments(
                        OttlContext.METRIC,
                        "set(type, METRIC_DATA_TYPE_SUM)",
                        "'metric.type' at column 5 (expected: a field that can be changed)"),
                arguments(
                        OttlContext.METRIC,
                        "set(is_monotonic, 1)",
                        "a whole number for metric.is_monotonic at column 19 (expected: true or false)"),
                arguments(
                        OttlContext.LOG,
                        "set(\"x\", 1)",
                        "a value as target of 'set' at column 5 (expected: a field to change)"),
                arguments(
                        OttlContext.LOG,
                        "delete_key(severity_text, \"a\")",
                        "'log.severity_text', which is a text at column 12 (expected: a field that is a map, such as attributes)"),
                arguments(
                        OttlContext.LOG,
                        "delete_key(attributes, body)",
                        "any value as key of 'delete_key' at column 24 (expected: a text in double quotes)"),
                arguments(
                        OttlContext.LOG,
                        "keep_keys(attributes, \"a\")",
                        "a text as keys of 'keep_keys' at column 23 (expected: a list of texts in double quotes)"),
                arguments(
                        OttlContext.LOG,
                        "keep_keys(attributes, [\"a\", 1])",
                        "a list as keys of 'keep_keys' at column 23 (expected: a list of texts in double quotes)"),
                arguments(
                        OttlContext.LOG,
                        "replace_pattern(severity_number, \"a\", \"b\")",
                        "'log.severity_number', which is a whole number at column 17 (expected: a field that is a text)"),
                arguments(
                        OttlContext.LOG,
                        "replace_pattern(body, \"a\", 1)",
                        "a whole number as replacement of 'replace_pattern' at column 28 (expected: a text)"),
                arguments(
                        OttlContext.LOG,
                        "truncate_all(attributes, -1)",
                        "a whole number as limit of 'truncate_all' at column 26 (expected: a whole number of 0 or more)"),
                arguments(
                        OttlContext.LOG,
                        "truncate_all(attributes, 2, true, \"...\")",
                        "truncation_marker \"...\" at column 35 (expected: at most 2 bytes)"),
                arguments(
                        OttlContext.LOG,
                        "limit(attributes, 1, [\"a\", \"b\"])",
                        "limit 1 at column 19 (expected: 2 or more, since so many keys have priority)"),
                arguments(
                        OttlContext.LOG,
                        "merge_maps(attributes, body, \"upset\")",
                        "\"upset\" at column 30 (expected: 'upsert'?)"),
                arguments(
                        OttlContext.LOG,
                        "merge_maps(attributes, \"x\", \"upsert\")",
                        "a text as source of 'merge_maps' at column 24 (expected: a map)"),
                arguments(
                        OttlContext.LOG,
                        "replace_all_patterns(attributes, \"both\", \"a\", \"b\")",
                        "\"both\" at column 34 (expected: one of key, value)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, ToUpperCase(1))",
                        "a whole number as target of 'ToUpperCase' at column 23 (expected: a text)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, Concat(\"a\", \"b\"))",
                        "a value as values of 'Concat' at column 18 (expected: a list of values in brackets)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, [trace_id])",
                        "a trace id in a list or map at column 12 (expected: its .string)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1 + 1.5)",
                        "a whole number + a decimal number at column 13 (expected: numbers of one type, as with Double(...) or Int(...))"),
                arguments(OttlContext.LOG, "set(body, \"a\" + 1)", "a text at column 11 (expected: a number)"),
                arguments(OttlContext.LOG, "set(body, 1 / 0)", "division by 0 at column 13 (expected: another number)"),
                // Regular expressions
                arguments(
                        OttlContext.LOG,
                        "set(body, \"x\") where IsMatch(body, \"(\")",
                        "pattern \"(\" (missing closing )) at column 36 (expected: an RE2 regular expression)"),
                arguments(
                        OttlContext.LOG,
                        "replace_pattern(body, \"(?=a)\", \"b\")",
                        "pattern \"(?=a)\" (invalid or unsupported Perl syntax) at column 23 (expected: an RE2 regular expression)"),
                arguments(
                        OttlContext.LOG,
                        "delete_matching_keys(attributes, body)",
                        "any value as pattern of 'delete_matching_keys' at column 34 (expected: a regular expression in double quotes)"),
                // Keys
                arguments(
                        OttlContext.LOG,
                        "set(attributes[0], 1)",
                        "index 0 of 'attributes' at column 5 (expected: a key in double quotes, since it is a map)"),
                arguments(
                        OttlContext.LOG,
                        "set(severity_text[\"a\"], \"x\")",
                        "keys behind 'severity_text' at column 5 (expected: none, since it is a text)"),
                arguments(
                        OttlContext.LOG,
                        "set(attributes[x], 1)",
                        "'x' at column 16 (expected: a key in double quotes, or an index of 0 or more)"),
                arguments(OttlContext.LOG, "set(body[20000], 1)", "index 20000 at column 10 (expected: 0..10000)"),
                arguments(OttlContext.LOG, "set(attributes[\"a\", 1)", "',' at column 19 (expected: ])"),
                arguments(
                        OttlContext.LOG,
                        "set(body, Len(body)[0])",
                        "keys behind 'Len' at column 11 (expected: none, since it gives a whole number)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, Split(body, \",\")[\"a\"])",
                        "a key behind 'Split' at column 11 (expected: an index, since it gives a list)"),
                // Arguments
                arguments(
                        OttlContext.LOG, "set(body)", "'set' without value at column 1 (expected: set(target, value))"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1, 2)",
                        "one more argument at column 14 (expected: set(target, value))"),
                arguments(
                        OttlContext.LOG,
                        "truncate_all(attributes)",
                        "'truncate_all' without limit at column 1 (expected: truncate_all(target, limit, [utf8_safe], [truncation_marker]))"),
                arguments(
                        OttlContext.LOG,
                        "truncate_all(attributes, 5, marker = \"x\")",
                        "unknown argument 'marker' at column 29 (expected: one of target, limit, utf8_safe, truncation_marker)"),
                arguments(
                        OttlContext.LOG,
                        "set(target = body, 1)",
                        "an argument without a name at column 20 (expected: a name, as the arguments before it)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1, value = 1)",
                        "argument 'value' again at column 14 (expected: each argument once)"),
                // Conditions
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where severity_number == \"ERROR\"",
                        "a whole number == a text at column 36 (expected: values of one type)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where attributes > 1",
                        "a map > a whole number at column 31 (expected: values of one type)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where trace_id < span_id",
                        "a trace id < a span id at column 29 (expected: values of one type)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where attributes < attributes",
                        "a map < a map at column 31 (expected: == or !=)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where attributes[\"x\"]",
                        "'attributes' alone at column 20 (expected: a comparison, such as log.attributes[\"x\"] == true)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where \"x\"",
                        "a value alone at column 20 (expected: a condition, such as a comparison)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where Len(body)",
                        "function 'Len', which gives a whole number at column 20 (expected: a comparison or a function that gives true or false)"),
                arguments(OttlContext.LOG, "set(body, 1) where body = 1", "'=' at column 25 (expected: == to compare)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where 1 < 2 < 3",
                        "a second '<' at column 26 (expected: and or or between two comparisons)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where (body == 1",
                        "end of statement at column 30 (expected: and, or, an operator or ))"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) where body == 1 and",
                        "end of statement at column 33 (expected: a path, a function or a value)"),
                arguments(OttlContext.LOG, "set(body, body == 1)", "'==' at column 16 (expected: a comma or ))"),
                arguments(OttlContext.LOG, "set(body, (body == 1))", "a condition at column 17 (expected: a value)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1) when true",
                        "'when' at column 14 (expected: where, or the end of the statement)"),
                // Text
                arguments(
                        OttlContext.LOG,
                        "",
                        "end of statement at column 1 (expected: a function that changes something, such as set(...))"),
                arguments(
                        OttlContext.LOG,
                        "body",
                        "'body' at column 1 (expected: a function that changes something, such as set(...))"),
                arguments(
                        OttlContext.LOG,
                        "Concat([\"a\"], \"\")",
                        "function 'Concat' at column 1 (expected: a function that changes something, such as set(...))"),
                arguments(
                        OttlContext.LOG,
                        "set(body, set(body, 1))",
                        "function 'set' as a value at column 11 (expected: a function that begins with a capital letter)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 1)[\"x\"]",
                        "keys behind 'set' at column 1 (expected: none, since it has no value)"),
                arguments(OttlContext.LOG, "set(body, 'x')", "''' at column 11 (expected: texts in double quotes)"),
                arguments(
                        OttlContext.LOG, "set(body, \"x)", "a text without end at column 11 (expected: a closing \")"),
                arguments(
                        OttlContext.LOG,
                        "set(body, \"\\d+\")",
                        "unknown escape '\\d' at column 12 (expected: \\\\d for a backslash, as regular expressions need it)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, \"\\u12\")",
                        "escape '\\u12\")' at column 12 (expected: 4 digits of a character)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 0x123)",
                        "'0x123' at column 11 (expected: two hexadecimal digits for each byte)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, 99999999999999999999)",
                        "'99999999999999999999' at column 11 (expected: a number of 64 bits)"),
                arguments(OttlContext.LOG, "set(body, 1.)", "'1.' at column 11 (expected: digits behind the point)"),
                arguments(
                        OttlContext.LOG, "set(body, §)", "'§' at column 11 (expected: a name, a value or an operator)"),
                arguments(
                        OttlContext.LOG,
                        "set(body,\n  serverity_text)",
                        "unknown field 'serverity_text' of log at line 2, column 3 (expected: 'severity_text'?)"),
                arguments(
                        OttlContext.LOG,
                        "set(body, {\"a\": 1, \"a\": 2})",
                        "key \"a\" again at column 20 (expected: each key once)"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("statements")
    void areRejectedWithWhatWasFoundWhereAndWhatWasExpected(OttlContext context, String statement, String message) {
        String found;
        try {
            found = "accepted: " + Ottl.statement(statement, context);
        } catch (OttlError e) {
            found = e.describe(statement);
        }
        assertThat(found).isEqualTo(message);
    }
}
