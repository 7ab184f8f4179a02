package io.lightvessel.profiles;

import io.lightvessel.wire.profiles.FlameNodes;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/** Lays the graphs of several agents on each other. What agents say is bounded and checked: they are not ours alone. */
final class FlameMerge {
    private static final int MOST_PER_AGENT = 5000;
    private static final int MOST_PLACES = 100_000;
    private static final int DEEPEST = 512;
    private static final int LONGEST_NAME = 500;
    private static final long MOST_NANOS = Long.MAX_VALUE / 1_000_000;

    private final Place root = new Place("all");
    private int places = 1;

    private static final class Place {
        final String name;
        final Map<String, Place> callees = new TreeMap<>();
        long total;
        long self;

        Place(String name) {
            this.name = name;
        }
    }

    /** Nodes that make no sense, such as ones deeper than what called them can be, end the graph of that agent. */
    void add(ProfilesAnswer answer) {
        FlameNodes nodes = answer.getNodes();
        int count = Math.min(nodes.getNameCount(), MOST_PER_AGENT);
        if (nodes.getDepthCount() < count || nodes.getTotalNanoCount() < count || nodes.getSelfNanoCount() < count) {
            return;
        }
        List<Place> path = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int depth = nodes.getDepth(i);
            int name = nodes.getName(i);
            boolean sensible = depth >= 0
                    && depth <= Math.min(path.size(), DEEPEST)
                    && (depth == 0) == (i == 0)
                    && name >= 0
                    && name < answer.getNamesCount();
            if (!sensible || places >= MOST_PLACES) {
                return;
            }
            while (path.size() > depth) {
                path.removeLast();
            }
            Place place = depth == 0 ? root : callee(path.getLast(), bounded(answer.getNames(name)));
            place.total += nanos(nodes.getTotalNano(i));
            place.self += nanos(nodes.getSelfNano(i));
            path.add(place);
        }
    }

    private Place callee(Place caller, String name) {
        return caller.callees.computeIfAbsent(name, n -> {
            places++;
            return new Place(n);
        });
    }

    /** The largest, each with all that lead to it; empty when nothing was seen. */
    List<ProfileAnswers.Node> nodes(int most) {
        if (root.total == 0) {
            return List.of();
        }
        PriorityQueue<Place> largest = new PriorityQueue<>(
                Comparator.<Place>comparingLong(place -> -place.total).thenComparing(place -> place.name));
        largest.add(root);
        Set<Place> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        while (kept.size() < most && !largest.isEmpty()) {
            Place place = largest.remove();
            kept.add(place);
            largest.addAll(place.callees.values());
        }
        return laid(kept);
    }

    int places() {
        return places;
    }

    private List<ProfileAnswers.Node> laid(Set<Place> kept) {
        record Step(Place place, int depth) {}
        List<ProfileAnswers.Node> nodes = new ArrayList<>(kept.size());
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 0));
        while (!open.isEmpty()) {
            Step step = open.pop();
            Place place = step.place();
            nodes.add(new ProfileAnswers.Node(place.name, step.depth(), place.total, place.self));
            for (Place callee : new ArrayList<>(place.callees.values()).reversed()) {
                if (kept.contains(callee)) {
                    open.push(new Step(callee, step.depth() + 1));
                }
            }
        }
        return nodes;
    }

    /** So much that sums over a whole fleet stay positive. */
    private static long nanos(long told) {
        return Math.clamp(told, 0, MOST_NANOS);
    }

    private static String bounded(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
