package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MergePatch.Listener DEAF = new MergePatch.Listener() {
        @Override
        public void set(String pointer) {}

        @Override
        public void unset(String pointer) {}
    };

    @Test
    void objectsMergeListsReplaceNullUnsets() {
        assertThat(applied("{'a': {'b': 1, 'c': [1, 2]}, 'd': 4}", "{'a': {'c': [3], 'e': 5}, 'd': null}"))
                .isEqualTo(object("{'a': {'b': 1, 'c': [3], 'e': 5}}"));
    }

    @Test
    void nullsInsideOfWhatIsNewAreNotKept() {
        assertThat(applied("{}", "{'a': {'b': null, 'c': 1}}")).isEqualTo(object("{'a': {'c': 1}}"));
    }

    @Test
    void anObjectOfAnotherTypeReplaces() {
        assertThat(applied(
                        "{'to': {'type': 'LOKI', 'endpoint': 'http://l', 'tenant': 'a'}}",
                        "{'to': {'type': 'OTLP', 'endpoint': 'o:1'}}"))
                .isEqualTo(object("{'to': {'type': 'OTLP', 'endpoint': 'o:1'}}"));
        assertThat(applied("{'to': {'type': 'LOKI', 'tenant': 'a'}}", "{'to': {'tenant': 'b'}}"))
                .isEqualTo(object("{'to': {'type': 'LOKI', 'tenant': 'b'}}"));
    }

    /** Whatever the two documents are, the patch between them leads from one to the other. */
    @RepeatedTest(500)
    void thePatchBetweenTwoDocumentsLeadsFromOneToTheOther(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        ObjectNode base = random(random, 3);
        ObjectNode wanted = random(random, 3);

        ObjectNode patched = base.deepCopy();
        MergePatch.apply(patched, MergePatch.diff(base, wanted), DEAF);

        assertThat(patched).isEqualTo(wanted);
        assertThat(MergePatch.diff(wanted, wanted)).isEmpty();
    }

    private static ObjectNode random(Random random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (String key : new String[] {"a", "b/c", "d~e", "type"}) {
            switch (random.nextInt(depth == 0 ? 4 : 6)) {
                case 0 -> {}
                case 1 -> object.put(key, random.nextInt(3));
                case 2 -> object.put(key, "t" + random.nextInt(2));
                case 3 -> object.putArray(key).add(random.nextInt(2));
                default -> object.set(key, random(random, depth - 1));
            }
        }
        return object;
    }

    private static ObjectNode applied(String base, String patch) {
        ObjectNode target = object(base);
        MergePatch.apply(target, object(patch), DEAF);
        return target;
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
