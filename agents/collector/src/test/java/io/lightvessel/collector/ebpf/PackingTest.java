package io.lightvessel.collector.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.collector.ebpf.kernel.Samples;
import io.lightvessel.collector.ebpf.recent.RecentProfiles;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackingTest {
    private final FakeNames names = new FakeNames();
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final Interval interval = new Interval(names, 1000, 10);
    private final RecentProfiles recent = new RecentProfiles(
            Duration.ofMinutes(5), 1 << 20, Clock.fixed(Instant.ofEpochSecond(1_000_015), ZoneOffset.UTC));
    private final List<PushedProfile> profiles = new ArrayList<>();

    PackingTest() {
        interval.begin(Instant.ofEpochSecond(1_000_000), 100);
    }

    private int pack() {
        return new Packing(budget, names.kernel(), recent).pack(interval, Duration.ofSeconds(15), this::take);
    }

    private void take(Payload payload) {
        assertThat(payload.form()).isEqualTo(PayloadForm.PPROF);
        List<PushedProfile> series = PushedProfile.of(payload.bytes());
        assertThat(payload.records()).isEqualTo(series.size());
        profiles.addAll(series);
        payload.release();
    }

    private void add(int pid, long[] kernel, long... user) {
        interval.accept(Samples.of(pid, kernel, user));
    }

    @Test
    void processesAreSeriesAndEqualStacksOneSample() {
        add(7, new long[0], 1, 2, 3);
        add(7, new long[0], 1, 2, 3);
        add(7, new long[] {0xff}, 5, 3);
        add(8, new long[0], 1, 2, 3);
        assertThat(pack()).isZero();

        assertThat(profiles).hasSize(2);
        PushedProfile first = profiles.getFirst();
        assertThat(first.labels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("__name__", "process_cpu", "service_name", "service-7", "pid", "7"));
        assertThat(first.stacks())
                .containsExactlyInAnyOrder("leaf_1;caller_2;caller_3 20000000", "kernel_ff;leaf_5;caller_3 10000000");
        assertThat(first.type()).isEqualTo("cpu nanoseconds 10000000");
        assertThat(first.startSeconds()).isEqualTo(1_000_000);
        assertThat(first.durationSeconds()).isEqualTo(15);
        assertThat(first.mappings()).containsExactly("/bin/program abcd");
        assertThat(profiles.get(1).labels()).containsEntry("service_name", "service-8");
        assertThat(budget.used()).isZero();
    }

    /** An address may be the leaf of one stack and the return address of another. */
    @Test
    void leavesAreNotLookedUpAsReturnAddresses() {
        add(7, new long[0], 1, 2);
        add(7, new long[0], 2, 1);
        pack();
        assertThat(profiles.getFirst().stacks())
                .containsExactlyInAnyOrder("leaf_1;caller_2 10000000", "leaf_2;caller_1 10000000");
    }

    @Test
    void numbersUsedAgainAreOtherProcesses() {
        add(7, new long[0], 1);
        names.reuse(7);
        add(7, new long[0], 1);
        pack();
        assertThat(profiles).hasSize(2);
    }

    @Test
    void whatIsSentCanBeLookedAt() {
        add(7, new long[0], 1, 2);
        add(8, new long[0], 1, 2);
        pack();
        ProfileSnapshot shown = recent.find(new ProfileQuery("service-7", "", Duration.ofMinutes(1), 1000), List.of());
        assertThat(shown.samples()).isEqualTo(1);
        assertThat(shown.processes()).hasSize(2);
    }

    @Test
    void samplesWithoutStackCountToo() {
        add(7, new long[0]);
        pack();
        assertThat(profiles.getFirst().stacks()).containsExactly("[unknown] 10000000");
    }

    @Test
    void processesBeyondTheBoundAreCounted() {
        for (int pid = 1; pid <= 12; pid++) {
            add(pid, new long[0], 1);
        }
        pack();
        assertThat(profiles).hasSize(10);
        assertThat(interval.samples()).isEqualTo(12);
        assertThat(interval.beyondProcesses()).isEqualTo(2);
    }

    @Test
    void stacksBeyondTheBoundAreCountedAndKnownOnesGoOn() {
        for (int ip = 0; ip < 1100; ip++) {
            add(7, new long[0], ip + 1);
        }
        add(7, new long[0], 1);
        pack();
        assertThat(profiles.getFirst().stacks()).hasSize(1000).contains("leaf_1 20000000");
        assertThat(interval.beyondStacks()).isEqualTo(100);
    }

    @Test
    void requestsBeyondTheMemoryBudgetAreCounted() {
        add(7, new long[0], 1);
        add(8, new long[0], 1);
        int dropped = new Packing(new ByteBudget(10), names.kernel(), recent)
                .pack(interval, Duration.ofSeconds(15), payload -> profiles.clear());
        assertThat(dropped).isEqualTo(2);
    }

    @Test
    void intervalsBeginEmpty() {
        add(7, new long[0], 1);
        interval.begin(Instant.ofEpochSecond(1_000_015), 100);
        add(8, new long[0], 2);
        pack();
        assertThat(profiles).hasSize(1);
        assertThat(profiles.getFirst().stacks()).containsExactly("leaf_2 10000000");
    }
}
