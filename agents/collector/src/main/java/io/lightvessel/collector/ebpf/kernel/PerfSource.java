package io.lightvessel.collector.ebpf.kernel;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Samples by perf events alone, each with a ring of its own. Needs fewer rights than a program in the kernel, and gives
 * processes the numbers they have in the agent's pid namespace, whichever that is.
 */
final class PerfSource implements SampleSource {
    private final Libc libc;
    private final Map<Integer, PerfCpu> ticking = new TreeMap<>();
    private final Sample sample = new Sample();
    private final boolean withCgroup;
    private int hertz;
    private volatile long memory;
    private long lost;
    private long ended;

    PerfSource(Libc libc, SortedSet<Integer> cpus, int hertz) throws SyscallFailure {
        this.libc = libc;
        this.hertz = hertz;
        this.withCgroup = knowsCgroups(new ClockEvents(libc), cpus.first());
        boolean done = false;
        try {
            for (int cpu : cpus) {
                tick(cpu);
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private static boolean knowsCgroups(ClockEvents events, int cpu) throws SyscallFailure {
        try {
            events.open(cpu, 1, PerfRecord.WITH_CGROUP).close();
            return true;
        } catch (SyscallFailure failure) {
            if (failure.errno() == Errno.EINVAL) {
                return false;
            }
            throw failure;
        }
    }

    private void tick(int cpu) throws SyscallFailure {
        ticking.put(cpu, new PerfCpu(libc, cpu, hertz, withCgroup ? PerfRecord.WITH_CGROUP : PerfRecord.SAMPLE_TYPE));
        memory = ticking.values().stream().mapToLong(PerfCpu::memory).sum();
    }

    @Override
    public String name() {
        return "perf";
    }

    @Override
    public int drain(SampleSink sink) {
        int[] samples = new int[1];
        for (PerfCpu cpu : ticking.values()) {
            cpu.ring().drain((type, record, length) -> {
                if (type == PerfRecord.LOST) {
                    lost += PerfRecord.lost(record, length);
                } else if (type == PerfRecord.SAMPLE) {
                    if (!PerfRecord.read(record, length, withCgroup, sample)) {
                        lost++;
                    } else if (sample.tgid() > 0) {
                        // Others are outside this pid namespace or have died on the way.
                        samples[0]++;
                        sink.accept(sample);
                    }
                }
            });
        }
        return samples[0];
    }

    @Override
    public long lost() {
        return lost
                + ended
                + ticking.values().stream()
                        .mapToLong(cpu -> cpu.ring().damaged())
                        .sum();
    }

    /** What the rings still hold is given up; whoever minds drains before. */
    @Override
    public void rate(int changed) throws SourceFailure {
        hertz = changed;
        stopTicking();
        refresh();
    }

    @Override
    public void refresh() throws SourceFailure {
        SortedSet<Integer> online = CpuList.online();
        ticking.entrySet().removeIf(entry -> {
            boolean gone = !online.contains(entry.getKey());
            if (gone) {
                end(entry.getValue());
            }
            return gone;
        });
        for (int cpu : online) {
            if (!ticking.containsKey(cpu)) {
                try {
                    tick(cpu);
                } catch (SyscallFailure failure) {
                    throw new SourceFailure("CPU " + cpu + ": " + failure.getMessage(), failure);
                }
            }
        }
    }

    private void end(PerfCpu cpu) {
        ended += cpu.ring().damaged();
        cpu.close();
    }

    /** Nothing tells what perf events cost. */
    @Override
    public OptionalLong nanosPerSample() {
        return OptionalLong.empty();
    }

    @Override
    public long memory() {
        return memory;
    }

    private void stopTicking() {
        ticking.values().forEach(this::end);
        ticking.clear();
    }

    @Override
    public void close() {
        stopTicking();
    }
}
