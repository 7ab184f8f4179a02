package io.lightvessel.gateway.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchoredPatternTest {

    private static final List<String> PIECES = List.of(
            "a", "b", "ab", "\\.", "\\-", ".*", ".+", "(", ")", "|", ";", "(.*)", "(.+)", "(a)", "é", "", "_", "(.*)a",
            ".*?", "a*", "[ab]", "(?:a)", "(a|b)");

    @ParameterizedTest
    @ValueSource(strings = {"foo", "foo\\.bar", "(.*)", ".+", "foo_(.+)", "(.*):9100", "(a);true", "((a)(.*)b)", ""})
    void usualExpressionsAreTexts(String regex) {
        assertThat(SimplePatterns.compile(regex)).isInstanceOf(AffixPattern.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "(a|b|)", "|", "prod|staging"})
    void choicesAreSets(String regex) {
        assertThat(SimplePatterns.compile(regex)).isInstanceOf(WordsPattern.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*a.*", "a.", "a*", "(a)*", "a{2}", "[ab]", "(?i)a", "\\d", "a$", "^a", ".*?", "(a|b)c", "(a)|(b)",
                "a|.*"
            })
    void othersAreNot(String regex) {
        assertThat(SimplePatterns.compile(regex)).isNull();
    }

    @Test
    void shortcutsFindWhatTheExpressionFinds() {
        Random random = new Random(7);
        int simple = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = random(random, PIECES, 5);
            AnchoredPattern shortcut = SimplePatterns.compile(regex);
            if (shortcut == null) {
                continue;
            }
            simple++;
            AnchoredPattern full = new Re2Pattern(regex);
            assertThat(shortcut.groups()).as(regex).isEqualTo(full.groups());
            for (int j = 0; j < 10; j++) {
                String text = random(random, List.of("a", "b", ".", "-", ";", "é", "_", "\n", ""), 6);
                assertThat(shortcut.find(text)).as("'%s' in '%s'", regex, text).isEqualTo(full.find(text));
                assertThat(shortcut.matches(text)).isEqualTo(full.matches(text));
            }
        }
        assertThat(simple).isGreaterThan(1_000);
    }

    private static String random(Random random, List<String> pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
