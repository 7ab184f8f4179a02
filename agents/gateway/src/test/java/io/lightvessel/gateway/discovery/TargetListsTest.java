package io.lightvessel.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetListsTest {

    private static final GroupNames NAMES = new GroupNames("__meta_x", "y", "s");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|line 1: an object (expected: a list of target groups)",
                "[1]|line 1: group 0: a number (expected: targets and labels)",
                "[{\"a\": 1}]|line 1: group 0: 'a' (expected: targets and labels)",
                "[{}, {\"targets\": \"a\"}]|line 1: group 1: a text (expected: a list of targets)",
                "[{\"targets\": [[]]}]|line 1: group 0: a list (expected: host:port)",
                "[{\"labels\": {\"a\": 1}}]|line 1: group 0: a number (expected: a text for label 'a')",
                "[] []|line 1: a list (expected: the end)",
                "[{|line 1: no JSON",
                "nul|line 1: no JSON"
            })
    void wrongJsonIsNamed(String json, String message) {
        assertThatThrownBy(() -> json(json))
                .isInstanceOf(MalformedTargets.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: b|a mapping (expected: a list of target groups)",
                "text|'text' (expected: a list of target groups)",
                "- a|group 0: 'a' (expected: targets and labels)",
                "- {tragets: [a]}|group 0: 'tragets' (expected: targets and labels)",
                "- {targets: a}|group 0: 'a' (expected: a list of targets)",
                "- {targets: [[a]]}|group 0: a list (expected: host:port)",
                "- {labels: [a]}|group 0: a list (expected: labels)",
                "- {labels: {a: [b]}}|group 0: label 'a' with a list (expected: a name and a text)",
                "[[[[[[[[[[[[|nested more than 8 deep (expected: a list of target groups)",
                "- {|line 1: no YAML"
            })
    void wrongYamlIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> YamlTargets.read(yaml, NAMES))
                .isInstanceOf(MalformedTargets.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void bothFormatsSayTheSame() throws MalformedTargets {
        List<TargetGroup> expected = List.of(
                new TargetGroup("s:0", List.of(Map.of("__address__", "a:1")), Map.of("x", "1", "__meta_x", "y")),
                new TargetGroup("s:1", List.of(), Map.of("__meta_x", "y")));
        assertThat(json("[{\"targets\": [\"a:1\"], \"labels\": {\"x\": \"1\"}}, {}]"))
                .isEqualTo(expected);
        assertThat(YamlTargets.read("- &a {targets: ['a:1'], labels: {x: 1}}\n- {}\n", NAMES))
                .isEqualTo(expected);
        assertThat(YamlTargets.read("", NAMES)).isEmpty();
    }

    private static List<TargetGroup> json(String json) throws MalformedTargets {
        return JsonTargets.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), NAMES);
    }
}
