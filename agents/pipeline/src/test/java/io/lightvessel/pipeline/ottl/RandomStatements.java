package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Condition;
import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import io.lightvessel.config.ottl.Statement;
import java.util.List;
import java.util.Random;

/** Writes statements at random; most of them have the right types. */
final class RandomStatements {

    private static final List<String> PATTERNS =
            List.of("a", "^a", "b$", "^ab?c$", ".*c.*", "[0-9]", "(a|b)(c)", "key", "^key-[0-2]$", "[^a]c", "");

    private final Random random;
    private final OttlContext context;

    RandomStatements(OttlContext context, Random random) {
        this.context = context;
        this.random = random;
    }

    /** A statement's text that passes the checks. */
    String statement() {
        while (true) {
            String text = editor() + (random.nextBoolean() ? " where " + condition(2) : "");
            try {
                Statement unused = Ottl.statement(text, context);
                return text;
            } catch (OttlError e) {
                // The next one may have the right types.
            }
        }
    }

    /** A condition's text that passes the checks. */
    String checkedCondition() {
        while (true) {
            String text = condition(2);
            try {
                Condition unused = Ottl.condition(text, context);
                return text;
            } catch (OttlError e) {
                // The next one may have the right types.
            }
        }
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pattern() {
        return "\"" + PATTERNS.get(random.nextInt(PATTERNS.size() - 1)) + "\"";
    }

    private String key() {
        return "\"key-" + random.nextInt(6) + "\"";
    }

    private String map() {
        return context == OttlContext.RESOURCE || random.nextInt(4) > 0
                ? "attributes"
                : pick("resource.attributes", "attributes[" + key() + "]");
    }

    private String keyed() {
        String path = map() + "[" + key() + "]";
        return random.nextInt(4) == 0 ? path + pick("[\"k\"]", "[0]", "[1][\"k\"]") : path;
    }

    private String field() {
        return switch (context) {
            case RESOURCE -> "dropped_attributes_count";
            case SCOPE -> pick("name", "version");
            case SPAN -> pick("name", "start_time_unix_nano", "trace_state");
            case SPANEVENT -> pick("name", "time_unix_nano", "span.name");
            case METRIC -> pick("name", "unit", "scope.name");
            case DATAPOINT -> pick("time_unix_nano", "metric.name", "metric.description");
            case LOG -> pick("body", "severity_text", "time_unix_nano", "event_name", "body[\"k\"]");
        };
    }

    private String target() {
        return random.nextInt(3) == 0 ? field() : keyed();
    }

    private String editor() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> "set(" + target() + ", " + value(2) + ")";
            case 3 -> "delete_key(" + map() + ", " + key() + ")";
            case 4 -> pick("delete", "keep") + "_matching_keys(" + map() + ", " + pattern() + ")";
            case 5 -> "keep_keys(" + map() + ", [" + key() + ", " + key() + "])";
            case 6 -> "limit(" + map() + ", " + (1 + random.nextInt(3)) + ", [" + key() + "])";
            case 7 ->
                "merge_maps(" + map() + ", " + pick(map(), keyed(), "{\"key-1\": " + value(1) + ", \"x\": 1}") + ", \""
                        + pick("insert", "update", "upsert") + "\")";
            case 8 -> "truncate_all(" + map() + ", " + random.nextInt(4) + ")";
            case 9 -> "replace_pattern(" + target() + ", " + pattern() + ", " + replacement() + ")";
            case 10 -> "replace_match(" + target() + ", " + glob() + ", " + pick("\"x\"", "\"$1\"", keyed()) + ")";
            case 11 -> "replace_all_matches(" + map() + ", " + glob() + ", " + pick("\"x\"", "\"${0}\"", keyed()) + ")";
            case 12 -> setId();
            default ->
                "replace_all_patterns(" + map() + ", \"" + pick("key", "value") + "\", " + pattern() + ", "
                        + replacement() + ")";
        };
    }

    private String glob() {
        return pick("\"*\"", "\"a*\"", "\"?b?\"", "\"ab\"", "\"*[bc]\"", "\"[!a]\"", "\"\"", "\"a\\\\*\"", "\"*-?\"");
    }

    private String traceId() {
        String own = context == OttlContext.LOG ? "trace_id" : "span.trace_id";
        return pick(own, "TraceID(0x0000000000000000000000000000000" + random.nextInt(4) + ")");
    }

    private String spanId() {
        return context == OttlContext.LOG
                ? pick("span_id", "SpanID(0x000000000000000" + random.nextInt(4) + ")")
                : pick("span.span_id", "span.parent_span_id", "SpanID(0x000000000000000" + random.nextInt(4) + ")");
    }

    private boolean hasIds() {
        return context == OttlContext.LOG || context == OttlContext.SPAN || context == OttlContext.SPANEVENT;
    }

    private String setId() {
        if (!hasIds()) {
            return "set(" + target() + ", " + value(2) + ")";
        }
        return pick(
                "set(" + traceId() + ", " + traceId() + ")",
                "set(" + spanId() + ", " + spanId() + ")",
                "set(" + spanId() + ".string, " + pick(spanId() + ".string", keyed(), "\"00000000000000aF\"") + ")",
                "set(" + keyed() + ", " + pick(spanId(), traceId()) + ".string)");
    }

    private String idCondition() {
        return pick(
                traceId() + pick(" == ", " != ") + traceId(),
                spanId() + pick(" == ", " != ") + spanId(),
                spanId() + ".string" + pick(" == ", " < ") + "\"0000000000000002\"");
    }

    private String replacement() {
        return pick("\"x\"", "\"<${0}>\"", "\"${1}-${2}-${7}\"", keyed());
    }

    private String value(int depth) {
        if (depth == 0) {
            return pick("\"abc\"", "\"\"", "7", "-1", "1.5", "true", "nil", "0x0102", keyed(), keyed(), field());
        }
        return switch (random.nextInt(16)) {
            case 0 -> "[" + value(depth - 1) + ", " + value(0) + "]";
            case 1 -> "{\"k\": " + value(depth - 1) + ", \"l\": " + value(0) + "}";
            case 2 -> "Concat([" + value(depth - 1) + ", " + value(0) + "], \"-\")";
            case 3 -> "String(" + value(depth - 1) + ")";
            case 4 -> "Len(" + value(depth - 1) + ")";
            case 5 -> pick("ToUpperCase", "ToLowerCase") + "(" + value(depth - 1) + ")";
            case 6 -> "Split(" + value(depth - 1) + ", \"b\")" + pick("", "[0]", "[1]");
            case 7 -> "(" + value(depth - 1) + " " + pick("+", "-", "*", "/") + " " + value(0) + ")";
            case 8 -> map();
            case 9 -> pick("Int", "Double", "Bool") + "(" + value(depth - 1) + ")";
            case 10 ->
                pick("Int", "Double", "Bool") + "(" + pick("\"12\"", "\"-3.5\"", "\"1e3\"", "\"t\"", "\"x\"") + ")";
            case 11 -> "Substring(" + value(depth - 1) + ", " + random.nextInt(3) + ", " + value(0) + ")";
            case 12 -> "SHA256(" + value(depth - 1) + ")";
            default -> value(0);
        };
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return pick(
                    "not (" + condition(depth - 1) + ")",
                    "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")",
                    "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")");
        }
        return switch (random.nextInt(hasIds() ? 7 : 6)) {
            case 0 -> "IsMatch(" + value(1) + ", " + pattern() + ")";
            case 1 -> pick("IsString", "IsInt", "IsDouble", "IsBool", "IsMap", "IsList") + "(" + value(1) + ")";
            case 2 -> pick("HasPrefix", "HasSuffix") + "(" + value(0) + ", " + pick("\"a\"", "\"\"", keyed()) + ")";
            case 3 -> keyed() + pick(" == nil", " != nil");
            case 6 -> idCondition();
            default -> value(1) + " " + pick("==", "!=", "<", "<=", ">", ">=") + " " + value(1);
        };
    }
}
