package io.lightvessel.collector.ebpf.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;

/** Samples by a program in the kernel that writes into a ring buffer. */
final class BpfSource implements SampleSource {
    private static final int RING_BYTES_PER_CPU = 256 << 10;
    private static final int SMALLEST_RING = 1 << 20;
    private static final int LARGEST_RING = 16 << 20;

    private final Arena arena = Arena.ofShared();
    private final Closing open = new Closing(arena);
    private final Bpf bpf;
    private final ClockEvents events;
    private final Descriptor drops;
    private final Descriptor program;
    private final RunTimeMeter meter;
    private final BpfRing ring;
    private final long memory;
    private final Map<Integer, Descriptor> ticking = new TreeMap<>();
    private final Sample sample = new Sample();
    private int hertz;
    private long malformed;

    BpfSource(Libc libc, SortedSet<Integer> cpus, int hertz) throws SyscallFailure {
        this.bpf = new Bpf(libc);
        this.events = new ClockEvents(libc);
        this.hertz = hertz;
        boolean done = false;
        try {
            int bytes = ringBytes(cpus.size());
            Descriptor scratch = open.add(bpf.perCpuValue("lv_scratch", SampleProgram.SCRATCH_BYTES));
            Descriptor records = open.add(bpf.ring("lv_ring", bytes));
            drops = open.add(bpf.number("lv_drops"));
            program = open.add(
                    bpf.load("lv_profile", SampleProgram.assemble(scratch.number(), records.number(), drops.number())));
            int page = libc.pageSize();
            MemorySegment consumer = libc.map("mmap of a ring", records.number(), 0, page, true, arena);
            MemorySegment producer =
                    libc.map("mmap of a ring", records.number(), page, page + 2L * bytes, false, arena);
            ring = new BpfRing(consumer, producer, page);
            memory = Bpf.memory(scratch) + Bpf.memory(records) + Bpf.memory(drops) + Bpf.memory(program);
            meter = open.add(new RunTimeMeter(bpf, program));
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

    /** Enough for seconds of deep stacks, whatever the machine. */
    private static int ringBytes(int cpus) {
        int wanted = Math.clamp((long) cpus * RING_BYTES_PER_CPU, SMALLEST_RING, LARGEST_RING);
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    private void tick(int cpu) throws SyscallFailure {
        Descriptor event = events.open(cpu, hertz, 0);
        ticking.put(cpu, event);
        events.attach(event, program);
        events.enable(event);
    }

    @Override
    public String name() {
        return "bpf";
    }

    /** The number that the kernel knows the program by. */
    int programId() throws SyscallFailure {
        return bpf.info(program).id();
    }

    @Override
    public int drain(SampleSink sink) {
        meter.tick();
        return ring.drain((memory, offset, length) -> {
            if (SampleRecord.read(memory, offset, length, sample)) {
                sink.accept(sample);
            } else {
                malformed++;
            }
        });
    }

    @Override
    public long lost() {
        try {
            return bpf.number(drops) + malformed + ring.damaged();
        } catch (SyscallFailure failure) {
            throw new IllegalStateException("a map of our own cannot be read: " + failure.getMessage(), failure);
        }
    }

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
                entry.getValue().close();
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

    @Override
    public OptionalLong nanosPerSample() {
        return meter.nanosPerRun();
    }

    @Override
    public long memory() {
        return memory;
    }

    private void stopTicking() {
        ticking.values().forEach(Descriptor::close);
        ticking.clear();
    }

    @Override
    public void close() {
        stopTicking();
        open.close();
    }
}
