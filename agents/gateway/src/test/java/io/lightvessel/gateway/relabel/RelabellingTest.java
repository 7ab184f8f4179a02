package io.lightvessel.gateway.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RelabellingTest {

    private static final Map<String, String> INPUT = Map.of("a", "foo", "b", "bar", "c", "baz");

    static Stream<Arguments> cases() {
        return Stream.of(
                // replace
                arguments(rule("replace", "a", "f(.*)", "d", "ch${1}-ch${1}"), "{a=foo, b=bar, c=baz, d=choo-choo}"),
                arguments(rule("replace", "a,b", "f(.*);(.*)r", "a", "b${1}${2}m"), "{a=boobam, b=bar, c=baz}"),
                arguments(rule("replace", "a", "o", "d", "x"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("replace", "a", "(.*)", "b", ""), "{a=foo, c=baz}"),
                arguments(rule("replace", "nothing", "(.*)", "a", "$1"), "{b=bar, c=baz}"),
                arguments(rule("replace", "nothing", "(.+)", "a", "$1"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("replace", "", "(.*)", "d", "set"), "{a=foo, b=bar, c=baz, d=set}"),
                arguments(rule("replace", "a", "(f)(.*)", "${1}x", "$2"), "{a=foo, b=bar, c=baz, fx=oo}"),
                arguments(rule("replace", "a", "(f)?(.*)", "$3", "x"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("replace", "a", "(x)?(foo)", "d", "<$1$2>"), "{a=foo, b=bar, c=baz, d=<foo>}"),
                arguments(rule("replace", "a", "(?P<n>f).*", "d", "${n}-$n"), "{a=foo, b=bar, c=baz, d=f-f}"),
                arguments(rule("replace", "a", "(f).*", "d", "$1x-${1}x"), "{a=foo, b=bar, c=baz, d=-fx}"),
                arguments(rule("replace", "a", "(f).*", "d", "$$1 $ ${1 $-"), "{a=foo, b=bar, c=baz, d=$1 $ ${1 $-}"),
                arguments(rule("replace", "a", "(f).*", "d", "$01"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("replace", "a", "foo|", "d", "$0"), "{a=foo, b=bar, c=baz, d=foo}"),
                arguments(rule("replace", "a", "(o|foo|x)", "d", "$1"), "{a=foo, b=bar, c=baz, d=foo}"),
                arguments(rule("replace", "a", "(fo)(o)", "d", "$2$1"), "{a=foo, b=bar, c=baz, d=ofo}"),
                arguments(rule("replace", "a", "(?i)FOO", "d", "x"), "{a=foo, b=bar, c=baz, d=x}"),
                // keep and drop
                arguments(rule("drop", "a", ".*o.*", "", ""), "dropped"),
                arguments(rule("drop", "a", "f", "", ""), "{a=foo, b=bar, c=baz}"),
                arguments(rule("drop", "a", "f|foo", "", ""), "dropped"),
                arguments(rule("drop", "nothing", "", "", ""), "dropped"),
                arguments(rule("keep", "a", "fo*", "", ""), "{a=foo, b=bar, c=baz}"),
                arguments(rule("keep", "a", "oo", "", ""), "dropped"),
                arguments(rule("keep", "a,b", "foo;bar", "", ""), "{a=foo, b=bar, c=baz}"),
                arguments(rule("keep", "nothing", ".+", "", ""), "dropped"),
                arguments(rule("keepequal", "a", "(.*)", "b", "$1"), "dropped"),
                arguments(rule("keepequal", "a", "(.*)", "a", "$1"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("keepequal", "nothing", "(.*)", "neither", "$1"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("dropequal", "a", "(.*)", "a", "$1"), "dropped"),
                arguments(rule("dropequal", "a", "(.*)", "b", "$1"), "{a=foo, b=bar, c=baz}"),
                // case
                arguments(rule("uppercase", "a,b", "(.*)", "d", "$1"), "{a=foo, b=bar, c=baz, d=FOO;BAR}"),
                arguments(rule("lowercase", "nothing", "(.*)", "a", "$1"), "{b=bar, c=baz}"),
                // by name
                arguments(rule("labelmap", "", "[ab](.*)", "", "x$1"), "{a=foo, b=bar, c=baz, x=bar}"),
                arguments(rule("labelmap", "", "(a)", "", "${1}_$1"), "{a=foo, a_a=foo, b=bar, c=baz}"),
                arguments(rule("labelmap", "", "(.*)", "", "b"), "{a=foo, b=baz, c=baz}"),
                arguments(rule("labelmap", "", "a", "", "$1"), "{a=foo, b=bar, c=baz}"),
                arguments(rule("labeldrop", "", "[ab]", "", "$1"), "{c=baz}"),
                arguments(rule("labelkeep", "", "a|c", "", "$1"), "{a=foo, c=baz}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyActionDoesWhatItDoesInPrometheus(RelabelRule rule, String expected) {
        assertThat(apply(INPUT, rule)).isEqualTo(expected);
    }

    @Test
    void hashmodIsThatOfPrometheus() {
        RelabelRule rule = new RelabelRule(RelabelAction.HASHMOD, List.of("c"), ";", "(.*)", "d", "$1", 1000);
        assertThat(apply(Map.of("c", "baz"), rule)).isEqualTo("{c=baz, d=976}");
        RelabelRule lines = new RelabelRule(RelabelAction.HASHMOD, List.of("a"), ";", "(.*)", "d", "$1", 1000);
        assertThat(apply(Map.of("a", "foo\nbar"), lines)).endsWith("d=734}");
    }

    @Test
    void aLineBreakIsAnyCharacter() {
        assertThat(apply(Map.of("a", "x\ny"), rule("replace", "a", "(.+)", "b", "$1")))
                .endsWith("b=x\ny}");
        assertThat(apply(Map.of("a", "x\ny"), rule("keep", "a", "x.[y]", "", "")))
                .isNotEqualTo("dropped");
    }

    @Test
    void caseChangesLetterByLetter() {
        assertThat(apply(Map.of("a", "straße"), rule("uppercase", "a", "(.*)", "a", "$1")))
                .isEqualTo("{a=STRAßE}");
        assertThat(apply(Map.of("a", "İΣ"), rule("lowercase", "a", "(.*)", "a", "$1")))
                .isEqualTo("{a=iσ}");
    }

    @Test
    void rulesSeeWhatThoseBeforeThemDid() {
        Relabelling relabelling = Relabelling.compile(
                List.of(
                        rule("replace", "a", "(.*)", "t", "$1"),
                        rule("labelmap", "", "t", "", "u"),
                        rule("labeldrop", "", "t", "", "$1"),
                        rule("drop", "u", "foo", "", ""),
                        rule("replace", "", "(.*)", "v", "never")),
                NameScheme.UTF8);
        LabelsBuilder labels = new LabelsBuilder().reset(LabelSet.of(INPUT));
        assertThat(relabelling.apply(labels)).isEqualTo(3);
        assertThat(labels.toLabelSet().asMap()).containsEntry("u", "foo").doesNotContainKeys("t", "v");
    }

    @Test
    void namesMadeOfValuesMustBeValid() {
        RelabelRule rule = rule("replace", "a", "(.*)", "$1", "x");
        Map<String, String> dotted = Map.of("a", "x.y");
        assertThat(apply(dotted, rule)).isEqualTo("{a=x.y, x.y=x}");
        assertThat(apply(dotted, NameScheme.LEGACY, rule)).isEqualTo("{a=x.y}");
    }

    @Test
    void anExpressionThatBacktracksElsewhereEnds() {
        assertThat(apply(Map.of("a", "a".repeat(5_000) + "b"), rule("keep", "a", "(a*)*(a|aa)+c", "", "")))
                .isEqualTo("dropped");
    }

    private static RelabelRule rule(String action, String sources, String regex, String target, String replacement) {
        return new RelabelRule(
                RelabelAction.of(action),
                sources.isEmpty() ? List.of() : List.of(sources.split(",")),
                ";",
                regex,
                target,
                replacement,
                0);
    }

    private static String apply(Map<String, String> labels, RelabelRule rule) {
        return apply(labels, NameScheme.UTF8, rule);
    }

    private static String apply(Map<String, String> input, NameScheme names, RelabelRule rule) {
        LabelsBuilder labels = new LabelsBuilder().reset(LabelSet.of(input));
        boolean kept = Relabelling.compile(List.of(rule), names).apply(labels) == Relabelling.KEPT;
        return kept ? labels.toLabelSet().asMap().toString() : "dropped";
    }
}
