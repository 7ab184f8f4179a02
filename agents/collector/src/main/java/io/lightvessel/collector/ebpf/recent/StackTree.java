package io.lightvessel.collector.ebpf.recent;

import io.lightvessel.pipeline.FlameGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stacks of one process, laid on each other: twelve bytes for each function in its place. */
final class StackTree {
    static final int NODE_BYTES = 12;
    private static final int ROOT = 0;

    private final int[] names;
    private final int[] callers;
    private final int[] self;

    private StackTree(int[] names, int[] callers, int[] self) {
        this.names = names;
        this.callers = callers;
        this.self = self;
    }

    int size() {
        return names.length;
    }

    long samples() {
        return Arrays.stream(self).asLongStream().sum();
    }

    /** @param weight what one sample stands for */
    void addTo(FlameGraph.Builder graph, String[] text, long weight) {
        // Callees come after their callers, so going backwards adds them up.
        long[] totals = new long[self.length];
        for (int i = self.length - 1; i >= 0; i--) {
            totals[i] += self[i];
            if (i != ROOT) {
                totals[callers[i]] += totals[i];
            }
        }
        List<FlameGraph.Builder.Cursor> places = new ArrayList<>(self.length);
        for (int i = 0; i < self.length; i++) {
            FlameGraph.Builder.Cursor place =
                    i == ROOT ? graph.root() : places.get(callers[i]).callee(text[names[i]]);
            place.add(totals[i] * weight, self[i] * weight);
            places.add(place);
        }
    }

    /** Lays stacks on each other. */
    static final class Builder {
        private final Map<Long, Integer> places = new HashMap<>();
        private int[] names = new int[16];
        private int[] callers = new int[16];
        private int[] self = new int[16];
        private int size = 1;

        int size() {
            return size;
        }

        int root() {
            return ROOT;
        }

        int callee(int caller, int name) {
            return places.computeIfAbsent((long) caller << 32 | name, _ -> {
                if (size == names.length) {
                    names = Arrays.copyOf(names, size * 2);
                    callers = Arrays.copyOf(callers, size * 2);
                    self = Arrays.copyOf(self, size * 2);
                }
                names[size] = name;
                callers[size] = caller;
                return size++;
            });
        }

        void add(int place, long samples) {
            self[place] = (int) Math.min(Integer.MAX_VALUE, self[place] + samples);
        }

        StackTree build() {
            return new StackTree(Arrays.copyOf(names, size), Arrays.copyOf(callers, size), Arrays.copyOf(self, size));
        }
    }
}
