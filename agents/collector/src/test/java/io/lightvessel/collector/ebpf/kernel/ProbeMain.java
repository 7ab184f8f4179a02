package io.lightvessel.collector.ebpf.kernel;

import io.lightvessel.collector.ebpf.kernel.SampleSources.Opened;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Opens a source with whatever rights this process was given and tells what came of it. */
final class ProbeMain {

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SyscallFailure {
        Opened opened = SampleSources.open(97);
        System.out.println("message: " + opened.message());
        if (!(opened instanceof Opened.Running running)) {
            return;
        }
        try (SampleSource source = running.source()) {
            System.out.println("source: " + source.name());
            switch (arguments[0]) {
                case "probe" -> {}
                case "self" -> self(source);
                case "hold" -> hold(source);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** Tells how many samples were of this process, after having been busy for two seconds. */
    private static void self(SampleSource source) {
        long end = System.nanoTime() + 2_000_000_000L;
        double busy = 1;
        while (System.nanoTime() - end < 0) {
            busy = Math.sqrt(busy + 1);
        }
        Map<Integer, Integer> samples = new HashMap<>();
        source.drain(sample -> samples.merge(sample.tgid(), 1, Integer::sum));
        int own = Math.toIntExact(ProcessHandle.current().pid());
        System.out.println("pid: " + own + " samples: " + samples.getOrDefault(own, 0) + " " + busy);
    }

    /** Tells its program's number and waits to be killed. */
    private static void hold(SampleSource source) throws IOException, SyscallFailure {
        System.out.println("program: " + ((BpfSource) source).programId());
        System.in.read();
    }
}
