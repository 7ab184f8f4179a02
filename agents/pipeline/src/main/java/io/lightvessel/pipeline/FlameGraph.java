package io.lightvessel.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stacks laid on each other: which functions called which, and how long they ran.
 *
 * @param nodes a node stands before those that it called, which are one deeper; the first is the root, of depth 0
 * @param left how many nodes were left out because they were small
 */
public record FlameGraph(List<Node> nodes, int left) {

    public FlameGraph {
        nodes = List.copyOf(nodes);
    }

    /**
     * A function in its place.
     *
     * @param total how long it was on the stack, in nanoseconds of a CPU
     * @param self how long it ran itself
     */
    public record Node(String name, int depth, long total, long self) {}

    /** Lays stacks on each other. Not safe for use by several threads. */
    public static final class Builder {
        /** What is in more places than this is left out, however small a graph is wanted in the end. */
        private static final int MOST = 60_000;

        private final Tree root = new Tree("");
        private int size = 1;
        private int absent;

        private static final class Tree {
            final String name;
            final Map<String, Tree> callees = new HashMap<>(4);
            long total;
            long self;

            Tree(String name) {
                this.name = name;
            }
        }

        /** A place in the graph, to go on from. */
        public final class Cursor {
            private final @Nullable Tree tree;

            private Cursor(@Nullable Tree tree) {
                this.tree = tree;
            }

            public Cursor callee(String name) {
                if (tree == null) {
                    return this;
                }
                Tree callee = tree.callees.get(name);
                if (callee == null && size < MOST) {
                    size++;
                    callee = new Tree(name);
                    tree.callees.put(name, callee);
                } else if (callee == null) {
                    absent++;
                }
                return new Cursor(callee);
            }

            public void add(long total, long self) {
                if (tree != null) {
                    tree.total += total;
                    tree.self += self;
                }
            }
        }

        public Cursor root() {
            return new Cursor(root);
        }

        public void add(List<Node> nodes) {
            List<Cursor> path = new ArrayList<>();
            for (Node node : nodes) {
                if (node.depth() > path.size() || node.depth() < 0) {
                    throw new IllegalArgumentException(
                            "depth: " + node.depth() + " (expected: at most " + path.size() + ")");
                }
                while (path.size() > node.depth()) {
                    path.removeLast();
                }
                Cursor at = path.isEmpty() ? root() : path.getLast().callee(node.name());
                at.add(node.total(), node.self());
                path.add(at);
            }
        }

        /** @param most how many nodes are kept: the largest ones, each with all that lead to it */
        public FlameGraph build(String rootName, int most) {
            // The largest nodes always have their callers among the largest too, so taking them in order keeps paths
            // whole.
            PriorityQueue<Tree> largest = new PriorityQueue<>(
                    Comparator.<Tree>comparingLong(tree -> -tree.total).thenComparing(tree -> tree.name));
            largest.add(root);
            Map<Tree, Boolean> kept = new IdentityHashMap<>();
            while (kept.size() < most && !largest.isEmpty()) {
                Tree tree = largest.remove();
                kept.put(tree, true);
                largest.addAll(tree.callees.values());
            }
            List<Node> nodes = new ArrayList<>(kept.size());
            lay(root, rootName, kept, nodes);
            return new FlameGraph(nodes, size - kept.size() + absent);
        }

        /** Without recursion: stacks of foreign programs may be deep. */
        private static void lay(Tree root, String rootName, Map<Tree, Boolean> kept, List<Node> nodes) {
            record Step(Tree tree, int depth) {}
            List<Step> open = new ArrayList<>();
            open.add(new Step(root, 0));
            while (!open.isEmpty()) {
                Step step = open.removeLast();
                Tree tree = step.tree();
                nodes.add(new Node(step.depth() == 0 ? rootName : tree.name, step.depth(), tree.total, tree.self));
                tree.callees.values().stream()
                        .filter(kept::containsKey)
                        .sorted(Comparator.comparing((Tree callee) -> callee.name)
                                .reversed())
                        .forEach(callee -> open.add(new Step(callee, step.depth() + 1)));
            }
        }
    }
}
