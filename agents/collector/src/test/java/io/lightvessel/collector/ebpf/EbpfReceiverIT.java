package io.lightvessel.collector.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole receiver on this machine: from the kernel's samples to profiles with names. */
@RequiresEbpf
class EbpfReceiverIT {
    private final Fixtures.Pipeline pipeline = new Fixtures.Pipeline();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private Receiver receiver(Settings settings) {
        Prepared<Receiver> prepared = new EbpfReceiverFactory().prepare(pipeline, settings, null);
        prepared.commit();
        return prepared.component();
    }

    /** The next profile of a process, and no earlier than the interval after the one under way. */
    private PushedProfile profileOf(long pid) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() - end < 0) {
            PushedProfile profile = pipeline.profiles.poll(1, TimeUnit.SECONDS);
            if (profile != null && String.valueOf(pid).equals(profile.labels().get("pid"))) {
                return profile;
            }
        }
        throw new AssertionError("no profile of " + pid + " (expected: one in each interval)");
    }

    /** What share of a profile's time has a function with such an end in its stack. */
    private static double percent(PushedProfile profile, String function) {
        double all = 0;
        double found = 0;
        for (String stack : profile.stacks()) {
            int blank = stack.lastIndexOf(' ');
            long value = Long.parseLong(stack.substring(blank + 1));
            all += value;
            if (stack.substring(0, blank).contains(function)) {
                found += value;
            }
        }
        return 100 * found / all;
    }

    @Test
    void functionsOfProgramsHaveTheirShares() throws Exception {
        Process hot = start(List.of(Programs.hot(directory).toString()));
        Receiver receiver = receiver(Fixtures.settings("sample_rate: 397", "cpu_budget: 0", "collect_interval: 4s"));
        try {
            assertThat(pipeline.health.poll(20, TimeUnit.SECONDS)).isEqualTo("ok");
            PushedProfile profile = profileOf(hot.pid());
            assertThat(percent(profile, "hot_a")).isCloseTo(40, within(8.0));
            assertThat(percent(profile, "hot_b")).isCloseTo(60, within(8.0));
            assertThat(percent(profile, "main")).isPositive();
            assertThat(profile.labels())
                    .containsEntry("__name__", "process_cpu")
                    .containsEntry("comm", "hot")
                    .containsEntry(
                            "node",
                            Files.readString(Path.of("/proc/sys/kernel/hostname"))
                                    .strip())
                    .containsKey("service_name");
            assertThat(profile.type()).isEqualTo("cpu nanoseconds " + 1_000_000_000 / 397);
        } finally {
            receiver.stop(Duration.ofSeconds(5));
        }
    }

    /** With frame pointers, and with names that the JVM was asked for. */
    @Test
    void methodsOfJvmsHaveTheirShares() throws Exception {
        List<String> command = Programs.java(HotJava.class, List.of());
        command.addAll(1, List.of("-XX:+PreserveFramePointer", "-XX:-Inline"));
        Process hot = start(command);
        Receiver receiver = receiver(Fixtures.settings("sample_rate: 397", "cpu_budget: 0", "collect_interval: 3s"));
        try {
            // The first interval has the JVM's start, in which code is compiled and names are asked for.
            profileOf(hot.pid());
            PushedProfile profile = profileOf(hot.pid());
            double a = percent(profile, "hotA");
            double b = percent(profile, "hotB");
            assertThat(100 * a / (a + b)).isCloseTo(40, within(8.0));
            assertThat(a + b).isGreaterThan(80);
            assertThat(percent(profile, "HotJava.round")).isGreaterThan(80);
        } finally {
            receiver.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void programsThatWereDeletedKeepTheirNames() throws Exception {
        Path program = Programs.hot(directory);
        Process hot = start(List.of(program.toString()));
        Files.delete(program);
        Receiver receiver = receiver(Fixtures.settings("sample_rate: 197", "cpu_budget: 0", "collect_interval: 2s"));
        try {
            PushedProfile profile = profileOf(hot.pid());
            assertThat(percent(profile, "hot_b")).as(profile.toString()).isCloseTo(60, within(15.0));
        } finally {
            receiver.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void budgetsThatCannotBeKeptLowerTheRateAndSaySo() throws Exception {
        start(List.of(Programs.hot(directory).toString()));
        Receiver receiver = receiver(Fixtures.settings("sample_rate: 997", "cpu_budget: 0.01", "collect_interval: 1s"));
        try {
            String said = pipeline.nextHealth("ok: ");
            assertThat(said)
                    .startsWith("ok: sampling at ")
                    .contains(" Hz instead of 997, to stay within 0.01 % of the node's CPU (last: ");
            assertThat(pipeline.gauges.get("lightvessel_ebpf_sample_rate").getAsDouble())
                    .isLessThan(997);
            assertThat(pipeline.counters
                            .get("lightvessel_ebpf_cpu_microseconds{part=agent}")
                            .get())
                    .isPositive();
            assertThat(pipeline.counters
                            .get("lightvessel_ebpf_cpu_microseconds{part=kernel}")
                            .get())
                    .isPositive();
        } finally {
            receiver.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatWasSampledLastIsSentWhenItStops() throws Exception {
        Process hot = start(List.of(Programs.hot(directory).toString()));
        Receiver receiver = receiver(Fixtures.settings("collect_interval: 1h"));
        pipeline.nextHealth("ok");
        Thread.sleep(1000);
        receiver.stop(Duration.ofSeconds(5));
        assertThat(percent(profileOf(hot.pid()), "hot_")).isGreaterThan(90);
        assertThat(pipeline.budget.used()).isZero();
    }

    /** One after another, never both, or rates would add up. */
    @Test
    void changedSettingsTakeOver() throws Exception {
        Process hot = start(List.of(Programs.hot(directory).toString()));
        EbpfReceiverFactory factory = new EbpfReceiverFactory();
        Prepared<Receiver> first =
                factory.prepare(pipeline, Fixtures.settings("sample_rate: 97", "collect_interval: 2s"), null);
        first.commit();
        pipeline.nextHealth("ok");
        Prepared<Receiver> second = factory.prepare(
                pipeline, Fixtures.settings("sample_rate: 197", "collect_interval: 2s"), first.component());
        second.commit();
        first.component().stop(Duration.ofSeconds(5));
        try {
            PushedProfile profile = profileOf(hot.pid());
            while (!profile.type().endsWith(" " + 1_000_000_000 / 197)) {
                profile = profileOf(hot.pid());
            }
            assertThat(profile.stacks()).isNotEmpty();
        } finally {
            second.component().stop(Duration.ofSeconds(5));
        }
    }
}
