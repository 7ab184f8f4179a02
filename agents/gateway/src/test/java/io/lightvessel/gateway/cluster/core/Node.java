package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A process of the simulated world: a replica and its scraping, with a clock of its own. */
final class Node implements Effects {

    private final World world;
    private final MemberId id;
    private final String name;
    private final Replica replica;
    private final double rate;
    private final long origin;
    private final long bornAt;
    private final Set<TargetKey> held = new HashSet<>();
    private final Set<TargetKey> ever = new HashSet<>();
    private final Map<TargetKey, Long> nextSlot = new HashMap<>();
    private final Deque<Runnable> whilePaused = new ArrayDeque<>();
    private long leaseUntil = Long.MIN_VALUE;
    private boolean running = true;
    private boolean paused;
    private boolean tickIsDue;
    private Config last;
    boolean left;
    int moves;

    Node(World world, MemberId id, String name) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.rate = 1 + (world.random.nextDouble() - 0.5) * 0.04;
        this.origin = world.random.nextLong(1_000_000_000_000L);
        this.bornAt = world.now();
        this.replica = new Replica(
                new Member(id, name, "10.0.0." + name),
                world.timing,
                world.tieBreak,
                this,
                () -> world.now() / World.MS);
    }

    MemberId id() {
        return id;
    }

    private long clock() {
        return origin + (long) ((world.now() - bornAt) * rate);
    }

    void begin() {
        long every = world.timing.heartbeat() / 4;
        world.after(world.random.nextLong(every), this::tick);
    }

    private void tick() {
        if (running) {
            inside(() -> replica.tick(clock()));
            inside(this::scrape);
            world.after(world.timing.heartbeat() / 4, this::tick);
        }
    }

    private void inside(Runnable event) {
        if (!running) {
            return;
        }
        if (paused) {
            whilePaused.add(event);
        } else {
            event.run();
        }
    }

    /** A scrape for every slot that has come and was not scraped yet. */
    private void scrape() {
        for (TargetKey key : List.copyOf(held)) {
            long slot = world.now() / SlotLedger.SLOT;
            for (long next = nextSlot.getOrDefault(key, slot); next <= slot; next++) {
                if (holding().contains(key)) {
                    try {
                        world.slots.scraped(key, next, name);
                    } catch (AssertionError e) {
                        throw new AssertionError(e.getMessage() + " after\n" + world.story(key), e);
                    }
                    nextSlot.put(key, next + 1);
                }
            }
        }
    }

    void receive(MemberId from, Message message) {
        inside(() -> replica.receive(clock(), from, message));
        if (world.prompt && !tickIsDue) {
            tickIsDue = true;
            world.after(0, () -> {
                tickIsDue = false;
                inside(() -> replica.tick(clock()));
            });
        }
    }

    void reach(Set<MemberId> others) {
        inside(() -> replica.reachable(clock(), others, world.expected));
    }

    void discover(Collection<TargetKey> keys) {
        inside(() -> replica.discovered(clock(), "pool", keys));
    }

    void withdraw() {
        inside(() -> replica.withdraw(clock(), "pool"));
    }

    void cost(TargetKey key, long cost) {
        inside(() -> replica.cost(key, cost));
    }

    void ruled(Arbiter.Claim claim, Set<MemberId> half) {
        inside(() -> replica.ruled(claim, half));
    }

    void leave() {
        world.note(null, name + " leaves");
        inside(() -> replica.leave(clock()));
    }

    void crash() {
        world.note(null, name + " crashes");
        running = false;
        held.clear();
        world.connectionsChanged();
    }

    void pause() {
        world.note(null, name + " stops");
        paused = true;
    }

    void resume() {
        world.note(null, name + " goes on");
        paused = false;
        while (!whilePaused.isEmpty() && !paused) {
            whilePaused.remove().run();
        }
    }

    boolean isRunning() {
        return running;
    }

    /** What this process would scrape if it were asked at this moment. */
    Set<TargetKey> holding() {
        return running && clock() < leaseUntil ? held : Set.of();
    }

    /** All targets that it has ever had. */
    Set<TargetKey> wereHeld() {
        return Set.copyOf(ever);
    }

    String describe() {
        Config config = replica.config();
        return name + " "
                + (config == null
                        ? "no view"
                        : view(config.view()) + (config.base() == null ? "" : " after " + view(config.base())))
                + " " + replica.snapshot(clock());
    }

    private String view(View view) {
        return view.number() + " of term " + view.term() + " by " + world.nodes.get(view.tieBreaker()) + " "
                + view.members().stream().map(Member::name).toList();
    }

    Snapshot snapshot() {
        return replica.snapshot(clock());
    }

    @Override
    public void send(MemberId to, Message message) {
        if (message instanceof Message.Renew renew && renew.config() != last) {
            last = renew.config();
            world.note(
                    null,
                    name + " sends " + renew.term() + " round " + renew.round() + " " + view(last.view())
                            + (last.base() == null ? "" : " after " + view(last.base())));
        }
        if (message instanceof Message.Ballot b && !b.trial()) {
            world.note(null, name + " ballot " + b.term() + " to " + world.nodes.get(to));
        }
        if (message instanceof Message.Vote b && !b.trial()) {
            world.note(null, name + " vote " + b + " to " + world.nodes.get(to));
        }
        if (message instanceof Message.Frame frame) {
            noteFrame(to, frame);
        }
        world.send(id, to, message);
    }

    private void noteFrame(MemberId to, Message.Frame frame) {
        String how = name + " to " + world.nodes.get(to) + " " + (frame.session() >> 20) + "/"
                + (frame.session() & 0xfffff) + " #" + frame.number() + " ";
        switch (frame.content()) {
            case Content.Take take ->
                take.grants().forEach(grant -> world.note(grant.key(), how + "take " + (grant.epoch() & 0xffff_ffffL)));
            case Content.Release release ->
                release.orders()
                        .forEach(order -> world.note(
                                order.key(),
                                how + "release " + (order.epoch() & 0xffff_ffffL) + " to "
                                        + world.nodes.get(order.to())));
            case Content.Released released ->
                released.ended()
                        .forEach(end -> world.note(end.key(), how + "released " + (end.epoch() & 0xffff_ffffL)));
            case Content.Held held ->
                held.holdings()
                        .forEach(holding -> world.note(
                                holding.key(), how + holding.phase() + " " + (holding.epoch() & 0xffff_ffffL)));
            case Content.Ready _ -> world.note(null, how + "ready");
            case Content.Owners _,
                    Content.Known _,
                    Content.Costs _,
                    Content.Left _,
                    Content.Leave _,
                    Content.Dissolve _,
                    Content.Part _ -> {}
        }
    }

    @Override
    public void take(TargetKey key, @Nullable Handover handover) {
        moves++;
        ever.add(key);
        world.note(key, name + " takes " + (handover == null ? "blindly" : "over"));
        held.add(key);
        long slot = world.now() / SlotLedger.SLOT;
        if (handover == null) {
            // Nothing is known of what was scraped before: the next slot that begins is surely new.
            nextSlot.put(key, slot + 1);
            world.slots.takenBlindly(key);
        } else {
            long last = ByteBuffer.wrap(handover.state()).getLong();
            boolean sure = !handover.lastSlot().equals(handover.outdated().lastSlot());
            if (sure && last != handover.lastSlot().getEpochSecond()) {
                throw new AssertionError(key + ": state of slot " + last + " with " + handover.lastSlot());
            }
            if (sure && clock() < leaseUntil) {
                world.slots.handedOver(key, last);
            }
            nextSlot.put(key, sure ? Math.max(last + 1, slot - 3) : slot + 1);
        }
    }

    @Override
    public void give(TargetKey key, long epoch) {
        world.note(key, name + " gives " + (epoch >> 32) + "/" + (epoch & 0xffff_ffffL));
        held.remove(key);
        long last = nextSlot.getOrDefault(key, world.now() / SlotLedger.SLOT + 1) - 1;
        byte[] state = ByteBuffer.allocate(8 + world.random.nextInt(200_000))
                .putLong(last)
                .array();
        world.after(
                world.random.nextLong(300 * World.MS),
                () -> inside(
                        () -> replica.given(clock(), key, epoch, new Handover(Instant.ofEpochSecond(last), state))));
    }

    @Override
    public void drop(TargetKey key) {
        world.note(key, name + " drops");
        held.remove(key);
    }

    @Override
    public void lose(TargetKey key) {
        world.note(key, name + " loses");
        held.remove(key);
    }

    @Override
    public void lease(long until) {
        if (until < leaseUntil || clock() >= leaseUntil) {
            world.note(null, name + (until < clock() ? " has no lease" : " gets a lease"));
        }
        leaseUntil = until;
    }

    @Override
    public void claim(Arbiter.Claim claim) {
        world.claim(this, claim);
    }

    @Override
    public void left() {
        left = true;
        running = false;
        held.clear();
        world.connectionsChanged();
    }

    @Override
    public String toString() {
        return name;
    }
}
