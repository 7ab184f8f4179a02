package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.wire.MalformedMessage;
import io.lightvessel.gateway.cluster.wire.Messages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulated world: one true time, a network that loses and delays, processes that stop and clocks that run apart. */
final class World {

    static final long MS = 1_000_000;

    private record Event(long at, long order, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private record Note(long at, @Nullable TargetKey key, String what) {}

    private final Deque<Note> notes = new ArrayDeque<>();
    final Random random;
    final Timing timing;
    final TieBreak tieBreak;
    final Map<MemberId, Node> nodes = new LinkedHashMap<>();
    final Map<Arbiter.Claim, Set<MemberId>> register = new HashMap<>();
    final SlotLedger slots = new SlotLedger();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<List<MemberId>> cut = new HashSet<>();
    private long order;
    private long now;
    double loss;
    double doubled;
    long quickest = MS / 2;
    long slowest = 20 * MS;
    /** Replicas act at once on what they hear, as real ones do, not only when their clock strikes next. */
    boolean prompt;

    int expected = 1;
    boolean arbiterAway;
    private long names;
    private Arbiter.Claim lastRuled;

    World(long seed, Timing timing, TieBreak tieBreak) {
        this.random = new Random(seed);
        this.timing = timing;
        this.tieBreak = tieBreak;
    }

    long now() {
        return now;
    }

    void at(long time, Runnable run) {
        events.add(new Event(time, order++, run));
    }

    void after(long delay, Runnable run) {
        at(now + delay, run);
    }

    /** Runs the world on; what must always hold is looked at after every single event. */
    void runFor(long duration) {
        long end = now + duration;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.poll();
            now = next.at();
            next.run().run();
            checkOwners();
        }
        now = end;
    }

    Node start() {
        Node node = new Node(this, new MemberId(random.nextLong(), random.nextLong()), "r" + ++names);
        nodes.put(node.id(), node);
        node.begin();
        connectionsChanged();
        return node;
    }

    void send(MemberId from, MemberId to, Message message) {
        if (cut.contains(List.of(from, to)) || random.nextDouble() < loss) {
            return;
        }
        byte[] bytes = Messages.write(message);
        int copies = random.nextDouble() < doubled ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            after(quickest + random.nextLong(slowest), () -> {
                Node node = nodes.get(to);
                if (node != null && !cut.contains(List.of(from, to))) {
                    node.receive(from, read(bytes));
                }
            });
        }
    }

    private static Message read(byte[] bytes) {
        try {
            return Messages.read(bytes);
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    void cut(MemberId from, MemberId to) {
        cut.add(List.of(from, to));
        connectionsChanged();
    }

    void heal() {
        cut.clear();
        connectionsChanged();
    }

    boolean isSplit() {
        return !cut.isEmpty();
    }

    /** Each replica's transport notices sooner or later who is in reach. */
    void connectionsChanged() {
        for (Node node : List.copyOf(nodes.values())) {
            after(random.nextLong(2500 * MS), () -> node.reach(reachableFrom(node.id())));
        }
    }

    Set<MemberId> reachableFrom(MemberId id) {
        Set<MemberId> reachable = new HashSet<>();
        for (Node node : nodes.values()) {
            MemberId other = node.id();
            if (node.isRunning()
                    && !other.equals(id)
                    && !cut.contains(List.of(id, other))
                    && !cut.contains(List.of(other, id))) {
                reachable.add(other);
            }
        }
        return reachable;
    }

    void claim(Node by, Arbiter.Claim claim) {
        if (arbiterAway) {
            return;
        }
        after(random.nextLong(100 * MS), () -> {
            Arbiter.Claim last = lastRuled;
            if (last == null || claim.view() > last.view()) {
                lastRuled = claim;
                last = claim;
            }
            if (claim.view() == last.view()) {
                Arbiter.Claim ruled = last;
                after(random.nextLong(100 * MS), () -> by.ruled(claim, ruled.half()));
            }
        });
    }

    /** Notes what happened to a target, or to a replica's lease, for the story of a failure. */
    void note(@Nullable TargetKey key, String what) {
        if (notes.size() == 200_000) {
            notes.removeFirst();
        }
        notes.add(new Note(now, key, what));
    }

    String story(@Nullable TargetKey key) {
        if (key == null) {
            return "";
        }
        return notes.stream()
                .filter(note -> note.key() == null || note.key().equals(key))
                .filter(note -> note.at() > now - 80_000 * MS)
                .map(note -> note.at() / MS + " " + note.what())
                .collect(Collectors.joining("\n"));
    }

    List<Node> running() {
        return nodes.values().stream().filter(Node::isRunning).toList();
    }

    private void checkOwners() {
        Map<TargetKey, Node> owners = new HashMap<>();
        for (Node node : nodes.values()) {
            for (TargetKey key : node.holding()) {
                Node other = owners.put(key, node);
                if (other != null) {
                    throw new AssertionError("at " + now / MS + " ms " + key.hash() + " is held by " + other + " and "
                            + node + ", after\n" + story(key) + "\n" + other.describe() + "\n" + node.describe());
                }
            }
        }
    }

    Map<TargetKey, Node> owners() {
        Map<TargetKey, Node> owners = new HashMap<>();
        nodes.values().forEach(node -> node.holding().forEach(key -> owners.put(key, node)));
        return owners;
    }

    List<MemberId> shuffled() {
        List<MemberId> ids = new ArrayList<>(nodes.keySet());
        Collections.shuffle(ids, random);
        return ids;
    }
}
