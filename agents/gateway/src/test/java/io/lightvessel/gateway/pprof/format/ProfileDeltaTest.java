package io.lightvessel.gateway.pprof.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileDeltaTest {
    private static final Set<String> GROWING = Set.of("alloc_objects", "alloc_space", "contentions", "delay");
    private static final long T = 1_700_000_000_000_000_000L;
    private static final String[] HEAP = {
        "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes"
    };

    private final ProfileIndex index = new ProfileIndex();
    private final ProfileDelta delta = new ProfileDelta();
    private DeltaState state;
    private ProfileDelta.Outcome outcome;

    private TestProfile next(TestProfile profile) throws Exception {
        byte[] bytes = profile.bytes();
        index.read(bytes, bytes.length);
        ProtoWriter out = new ProtoWriter(64);
        outcome = delta.take(index, ProfileDelta.columns(index, GROWING), state, T, out);
        state = DeltaState.of(outcome.state().bytes());
        if (outcome.samples() == 0) {
            assertThat(out.size()).isZero();
            return new TestProfile();
        }
        byte[] written = out.toByteArray();
        index.read(written, written.length);
        assertThat(index.samples()).isEqualTo(outcome.samples());
        return TestProfile.read(written);
    }

    private static TestProfile heap() {
        return new TestProfile(HEAP);
    }

    @Test
    void firstProfileIsOnlyRemembered() throws Exception {
        next(heap().at(T).add("main;a", 5, 500, 1, 100));
        assertThat(outcome.isFirst()).isTrue();
        assertThat(outcome.samples()).isZero();
        assertThat(state.stacks()).isEqualTo(1);
        assertThat(state.time()).isEqualTo(T);
    }

    @Test
    void whatGrowsBecomesADifferenceAndTheRestStays() throws Exception {
        next(heap().at(T).add("main;a", 5, 500, 1, 100).add("main;b", 1, 10, 0, 0));
        TestProfile second = next(heap().at(T + 15)
                .add("main;a", 7, 720, 2, 200)
                .add("main;b", 1, 10, 0, 0)
                .add("main;c", 3, 30, 3, 30));
        assertThat(second.values())
                .containsOnly(
                        Map.entry("main;a", List.of(2L, 220L, 2L, 200L)),
                        Map.entry("main;c", List.of(3L, 30L, 3L, 30L)));
        assertThat(second.types).containsExactly(HEAP);
        assertThat(second.time).isEqualTo(T);
        assertThat(second.duration).isEqualTo(15);
    }

    @Test
    void whatOnlyDroppedStacksNeededIsGone() throws Exception {
        next(heap().at(T).add("main;quiet", 5, 500, 0, 0).add("main;busy", 1, 10, 0, 0));
        TestProfile second =
                next(heap().at(T + 1).add("main;quiet", 5, 500, 0, 0).add("main;busy", 2, 20, 0, 0));
        assertThat(second.values()).containsOnly(Map.entry("main;busy", List.of(1L, 10L, 0L, 0L)));
        assertThat(second.locations).isEqualTo(2);
        assertThat(second.functions).isEqualTo(2);
        assertThat(second.mappings).isEqualTo(1);
        assertThat(second.strings)
                .contains("main", "busy", "busy.go", "/bin/shop", "b-1")
                .doesNotContain("quiet");
    }

    @Test
    void stacksAreEqualWhateverNumbersTheyHave() throws Exception {
        next(heap().at(T).add("main;a|bytes=48 bytes", 5, 500, 1, 100).add("main;a|bytes=64 bytes", 1, 64, 0, 0));
        TestProfile renumbered =
                heap().at(T + 1).add("main;a|bytes=64 bytes", 1, 64, 0, 0).add("main;a|bytes=48 bytes", 6, 548, 1, 100);
        renumbered.firstId = 1L << 40;
        renumbered.step = 977;
        renumbered.spareStrings = 5;
        assertThat(next(renumbered).values())
                .containsOnly(Map.entry("main;a|bytes=48 bytes", List.of(1L, 48L, 1L, 100L)));
    }

    @Test
    void afterARestartEverythingIsNew() throws Exception {
        next(heap().at(T).add("main;a", 500, 50_000, 1, 100).add("main;b", 100, 1000, 0, 0));
        TestProfile second =
                next(heap().at(T + 15).add("main;a", 7, 700, 2, 200).add("main;b", 1, 10, 0, 0));
        assertThat(outcome.hasRestarted()).isTrue();
        assertThat(second.values())
                .containsOnly(
                        Map.entry("main;a", List.of(7L, 700L, 2L, 200L)),
                        Map.entry("main;b", List.of(1L, 10L, 0L, 0L)));
        assertThat(next(heap().at(T + 30).add("main;a", 8, 800, 2, 200).add("main;b", 1, 10, 0, 0))
                        .values())
                .containsOnly(Map.entry("main;a", List.of(1L, 100L, 2L, 200L)));
    }

    @Test
    void restartThatCountsMoreInAllIsSeenByItsLostStacks() throws Exception {
        next(heap().at(T).add("old;a", 1, 10, 0, 0).add("old;b", 1, 10, 0, 0));
        TestProfile second = next(heap().at(T + 15).add("new;a", 100, 1000, 0, 0));
        assertThat(outcome.hasRestarted()).isTrue();
        assertThat(second.values()).containsOnly(Map.entry("new;a", List.of(100L, 1000L, 0L, 0L)));
    }

    @Test
    void oneStackThatShrinksIsNoRestart() throws Exception {
        next(heap().at(T).add("a", 100, 1000, 0, 0).add("b", 100, 1000, 0, 0).add("c", 9, 90, 0, 0));
        TestProfile second = next(heap().at(T + 1)
                .add("a", 150, 1500, 0, 0)
                .add("b", 100, 1000, 0, 0)
                .add("c", 8, 80, 0, 0));
        assertThat(outcome.hasRestarted()).isFalse();
        assertThat(second.values()).containsOnly(Map.entry("a", List.of(50L, 500L, 0L, 0L)));
    }

    @Test
    void clockThatGoesBackGivesNoNegativeDuration() throws Exception {
        next(heap().at(T).add("a", 1, 1, 0, 0));
        TestProfile second = next(heap().at(T - 10).add("a", 2, 2, 0, 0));
        assertThat(second.time).isEqualTo(T - 10);
        assertThat(second.duration).isZero();
    }

    @Test
    void stateTakesLittleMoreThanEightBytesPerStack() throws Exception {
        TestProfile profile = heap().at(T);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            profile.add("main;f" + i, 1 + random.nextInt(1000), 1 + random.nextInt(1 << 20), 0, 0);
        }
        next(profile);
        assertThat(state.stacks()).isEqualTo(10_000);
        assertThat(state.bytes().length / 10_000.0).isBetween(11.0, 14.0);
        System.out.println("delta state: " + state.bytes().length / 10_000.0 + " bytes per stack");
    }

    @Test
    void stateFromElsewhereIsCheckedBeforeItIsUsed() throws Exception {
        next(heap().at(T).add("a", 1, 1, 0, 0).add("b", 1, 1, 0, 0));
        byte[] bytes = state.bytes();
        assertThatThrownBy(() -> DeltaState.of(new byte[] {9, 0, 0, 0})).hasMessage("state of version 9 (expected: 1)");
        assertThatThrownBy(() -> DeltaState.of(new byte[] {1, 0, 2, 127}))
                .hasMessage("state of 127 stacks with 2 values (expected: what its size allows)");
        state = DeltaState.of(Arrays.copyOf(bytes, bytes.length - 4));
        assertThatThrownBy(() -> next(heap().at(T).add("a", 1, 1, 0, 0))).isInstanceOf(MalformedProfile.class);
    }

    /** Against a model that keeps everything in maps. */
    @Test
    void sumOfDifferencesIsWhatWasCounted() throws Exception {
        Random random = new Random(7);
        Map<String, long[]> truth = new TreeMap<>();
        Map<String, Long> reported = new HashMap<>();
        Map<String, Long> base = new HashMap<>();
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 20; i++) {
                String stack = "main;f" + random.nextInt(200) + ";g" + random.nextInt(3) + "|bytes=" + random.nextInt(2)
                        + " bytes";
                long[] values = truth.computeIfAbsent(stack, _ -> new long[2]);
                values[0] += random.nextInt(3);
                values[1] += random.nextInt(1000);
            }
            TestProfile profile = new TestProfile("contentions/count", "delay/nanoseconds").at(T + round);
            profile.firstId = 1 + random.nextInt(5);
            profile.step = 1 + random.nextInt(3);
            truth.forEach((stack, values) -> profile.add(stack, values.clone()));
            Map<String, List<Long>> difference = next(profile).values();
            if (round == 0) {
                truth.forEach((stack, values) -> base.put(stack, values[1]));
            }
            difference.forEach((stack, values) -> reported.merge(stack, values.get(1), Long::sum));
        }
        Map<String, Long> expected = new HashMap<>();
        truth.forEach((stack, values) -> {
            long grown = values[1] - base.getOrDefault(stack, 0L);
            if (grown != 0) {
                expected.put(stack, grown);
            }
        });
        reported.values().removeIf(value -> value == 0);
        assertThat(reported).isEqualTo(expected);
    }
}
