package io.lightvessel.collector.ebpf.recent;

import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what was sampled in one stretch of time, by one thread, until it is handed over. */
public final class ProfileInterval {
    /** A single stretch never takes more than this many places for functions. */
    private static final int MOST_NODES = 200_000;

    private final Instant from;
    private final Map<String, Integer> nameNumbers = new HashMap<>();
    private final Map<ProcessIdentity, Open> processes = new LinkedHashMap<>();
    private int nodes;

    private record Open(ProcessLabels labels, StackTree.Builder stacks) {}

    public ProfileInterval(Instant from) {
        this.from = from;
    }

    /** @param stack names of functions, of which the first ran and was called by the second */
    public void add(ProcessIdentity process, ProcessLabels labels, List<String> stack, long samples) {
        StackTree.Builder stacks = processes
                .computeIfAbsent(process, _ -> new Open(labels, new StackTree.Builder()))
                .stacks();
        int before = stacks.size();
        int place = stacks.root();
        // Beyond the bound a stack ends early: its samples are kept with whoever called the rest.
        for (int i = stack.size() - 1; i >= 0 && nodes + stacks.size() - before < MOST_NODES; i--) {
            place = stacks.callee(place, number(stack.get(i)));
        }
        stacks.add(place, samples);
        nodes += stacks.size() - before;
    }

    Slot close(Instant to, long nanosPerSample, Interner texts) {
        String[] names = new String[nameNumbers.size()];
        nameNumbers.forEach((name, number) -> names[number] = texts.one(name));
        List<Slot.Entry> entries = new ArrayList<>();
        processes.forEach((identity, open) -> entries.add(
                new Slot.Entry(identity, open.labels(), open.stacks().build())));
        return new Slot(from, to, nanosPerSample, names, entries);
    }

    private int number(String name) {
        return nameNumbers.computeIfAbsent(name, _ -> nameNumbers.size());
    }
}
