package io.lightvessel.gateway.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSetTest {

    @Test
    void labelsAreSortedByTheirBytes() {
        List<String> names = List.of("a", "aa", "b", "é", "\uffee", "\ud83d\ude00", "Z");
        for (String a : names) {
            for (String b : names) {
                int bytes =
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(Unicode.compare(a, b)))
                        .as("%s %s", a, b)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
        LabelSet labels = LabelSet.of(Map.of("\ud83d\ude00", "1", "\uffee", "2", "a", "3"));
        assertThat(labels.asMap().keySet()).containsExactly("a", "\uffee", "\ud83d\ude00");
    }

    @Test
    void aLabelWithoutAValueIsNone() {
        assertThat(LabelSet.of(Map.of("a", "", "b", "1"))).isEqualTo(LabelSet.of(Map.of("b", "1")));
        LabelsBuilder labels = new LabelsBuilder().reset(LabelSet.of(Map.of("a", "1", "b", "2")));
        assertThat(labels.set("a", "").toLabelSet().asMap()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void whatWasSetComesBehindWhatWasThere() {
        LabelsBuilder labels = new LabelsBuilder().reset(LabelSet.of(Map.of("a", "1", "b", "2", "c", "3")));
        labels.set("z", "4").set("a", "5").set("z", "6");
        assertThat(List.of(labels.name(0), labels.name(1), labels.name(2), labels.name(3)))
                .containsExactly("b", "c", "z", "a");
        assertThat(labels.toLabelSet()).hasToString("{a=\"5\", b=\"2\", c=\"3\", z=\"6\"}");
    }

    @Test
    void halvesOfPairsAreNoText() {
        assertThat(Unicode.isWellFormed("a\ud83d\ude00")).isTrue();
        assertThat(Unicode.isWellFormed("a\ud83d")).isFalse();
        assertThat(Unicode.isWellFormed("\ude00a")).isFalse();
    }
}
