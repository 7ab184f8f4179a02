package io.lightvessel.config.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileStatementsTest {

    private static final List<String> SEEDS = List.of(
            "set(attributes[\"a\"][0][\"b\"], Concat([body, 1.5e3, -2, nil, true], \"-\")) where not (body == nil or IsMatch(body, \"^a.*\\\\d$\"))",
            "replace_all_patterns(log.attributes, \"key\", \"^kube_([0-9A-Za-z]+_)\", \"k8s.$1.\") where resource.attributes[\"x\"] != 0x0a",
            "merge_maps(attributes, {\"a\": {\"b\": [1, 2]}}, \"upsert\") where severity_number >= SEVERITY_NUMBER_WARN and 1 + 2 * 3 < 4",
            "truncate_all(attributes, 10, truncation_marker = \"\\u2026\") where trace_id == TraceID(0x00000000000000000000000000000000)");

    /** Half of all edits put in pieces that mean something to the parser. */
    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "\\",
            ",",
            ".",
            "==",
            "=",
            "<",
            "not ",
            " and ",
            " or ",
            "where ",
            "nil",
            "set(",
            "attributes",
            "[\"k\"]",
            "0x",
            "1e9",
            "-",
            "+",
            "/",
            "*",
            "\n",
            "\u0000",
            "\uD83D",
            "é",
            "IsMatch(",
            "$1");

    @Test
    void mutatedStatementsAreAcceptedOrFoundWrongButNothingElse() {
        Random random = new Random(7);
        int rounds = Integer.getInteger("ottl.mutations", 40_000);
        int accepted = 0;
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                mutate(text, random);
            }
            String statement = text.toString();
            try {
                Ottl.statement(statement, OttlContext.LOG);
                accepted++;
            } catch (OttlError e) {
                assertThat(e.describe(statement)).contains(" at ").endsWith(")");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(statement, e);
            }
        }
        assertThat(accepted).as("some mutants are harmless").isPositive();
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, (char) random.nextInt(0x250));
                }
            }
        }
    }

    @Test
    void nothingCanBeNestedSoDeepThatTheStackEnds() {
        List<String> bombs = List.of(
                "set(body, " + "(".repeat(5000),
                "set(body, " + "[".repeat(5000),
                "set(body, " + "{\"a\":".repeat(3000),
                "set(body, 1) where " + "not ".repeat(4000) + "true",
                "set(body, " + "String(".repeat(2000),
                "set(body, 1" + " + 1".repeat(4000) + ")",
                "set(body, 1" + " * 1".repeat(4000) + ")",
                "set(body" + "[\"a\"]".repeat(3000) + ", 1)",
                "set(a" + ".a".repeat(5000) + ", 1)");
        for (String bomb : bombs) {
            assertThatThrownBy(() -> Ottl.statement(bomb, OttlContext.LOG))
                    .as(bomb.substring(0, 30))
                    .isInstanceOf(OttlError.class)
                    .hasMessageContaining("expected: ");
        }
    }

    @Test
    void longChainsOfConditionsAreFine() throws OttlError {
        String condition = "body == 1" + " or body == 1".repeat(1000);
        assertThat(Ottl.condition(condition, OttlContext.LOG)).isInstanceOf(Condition.Or.class);
    }

    @Test
    void aStatementHasALimitedLength() {
        String statement = "set(body, \"" + "x".repeat(20_000) + "\")";
        assertThatThrownBy(() -> Ottl.statement(statement, OttlContext.LOG))
                .hasMessage("20013 characters (expected: at most 16384)");
    }
}
