package io.lightvessel.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackMergeTest {
    private final StackDocument documents = new StackDocument();
    private final StackSpec base = documents.read("{\"gateway\": {\"replicas\": 2, \"batch\": {\"timeout\": \"1s\"}}}");

    @Test
    void changesToDifferentValuesAreBothKept() {
        StackSpec theirs = documents.read("{\"gateway\": {\"replicas\": 5, \"batch\": {\"timeout\": \"1s\"}}}");
        StackSpec mine = documents.read("{\"gateway\": {\"replicas\": 2, \"batch\": {\"timeout\": \"9s\"}}}");

        StackMerge merge = StackMerge.of(3, base, 4, theirs, mine, documents);

        assertThat(merge.hasConflicts()).isFalse();
        assertThat(merge.merged().gateway().replicas()).isEqualTo(5);
        assertThat(merge.merged().gateway().batch().timeout()).isEqualTo("9s");
        assertThat(merge.values())
                .extracting(StackMerge.Value::pointer)
                .containsExactly("/gateway/batch/timeout", "/gateway/replicas");
    }

    @Test
    void theSameValueChangedByBothIsAConflictAndTheDraftsIsTaken() {
        StackSpec theirs = base.withGateway(base.gateway().withReplicas(5));
        StackSpec mine = base.withGateway(base.gateway().withReplicas(7));

        StackMerge merge = StackMerge.of(3, base, 4, theirs, mine, documents);

        assertThat(merge.values()).singleElement().satisfies(value -> {
            assertThat(value.conflict()).isTrue();
            assertThat(value.base().intValue()).isEqualTo(2);
            assertThat(value.theirs().intValue()).isEqualTo(5);
            assertThat(value.mine().intValue()).isEqualTo(7);
        });
        assertThat(merge.merged().gateway().replicas()).isEqualTo(7);
    }

    @Test
    void theSameChangeByBothIsNone() {
        StackSpec changed = base.withGateway(base.gateway().withReplicas(5));

        StackMerge merge = StackMerge.of(3, base, 4, changed, changed, documents);

        assertThat(merge.hasConflicts()).isFalse();
        assertThat(merge.merged()).isEqualTo(changed);
    }

    @Test
    void aDestinationRemovedByThemAndChangedByMeIsAConflict() {
        StackSpec with = base.withBackends(StackFixtures.demo().backends());
        StackSpec theirs = with.withBackends(with.backends().withDestination("logs", null));
        StackSpec mine =
                with.withBackends(UsualDestination.at(with.backends(), Signal.LOGS, "http://other/otlp", false));

        assertThat(StackMerge.of(1, with, 2, theirs, mine, documents).hasConflicts())
                .isTrue();
    }
}
