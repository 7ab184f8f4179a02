package io.lightvessel.gateway.cluster.core;

import static io.lightvessel.gateway.cluster.core.World.MS;

import java.util.List;
import java.util.function.Supplier;

/** What goes wrong in a simulated world. */
final class Faults {

    private final World world;
    private final Supplier<Node> join;

    Faults(World world, Supplier<Node> join) {
        this.world = world;
        this.join = join;
    }

    /** That many faults, over each other, without regard for what is left. */
    void anything(int count) {
        for (int i = 0; i < count; i++) {
            begin(world.random.nextInt(9));
            world.runFor(world.random.nextLong(world.random.nextBoolean() ? 1_000 * MS : 12_000 * MS));
        }
    }

    /** One fault that a quorum survives. */
    void one() {
        int kind = world.random.nextInt(8);
        begin(kind == 7 ? 2 : kind);
    }

    private void begin(int kind) {
        List<Node> running = world.running();
        if (running.isEmpty()) {
            join.get();
            return;
        }
        Node some = running.get(world.random.nextInt(running.size()));
        switch (kind) {
            case 0 -> {
                some.crash();
                world.after(world.random.nextLong(15_000 * MS), join::get);
            }
            case 1 -> {
                some.pause();
                world.after(world.random.nextLong(25_000 * MS), some::resume);
            }
            case 2 -> split();
            case 3 -> {
                MemberId other = world.shuffled().getFirst();
                if (!other.equals(some.id())) {
                    world.cut(some.id(), other);
                }
            }
            case 4 -> {
                world.loss = world.random.nextDouble() * 0.4;
                world.doubled = 0.2;
                world.slowest = 400 * MS;
            }
            case 5 -> some.leave();
            case 6 -> join.get();
            case 7 -> end();
            default -> world.arbiterAway = !world.arbiterAway;
        }
    }

    private void split() {
        List<MemberId> ids = world.shuffled();
        int half = 1 + world.random.nextInt(Math.max(1, ids.size() - 1));
        for (int a = 0; a < ids.size(); a++) {
            for (int b = 0; b < ids.size(); b++) {
                if (a < half != b < half) {
                    world.cut(ids.get(a), ids.get(b));
                }
            }
        }
    }

    void end() {
        world.heal();
        world.loss = 0;
        world.doubled = 0;
        world.slowest = 20 * MS;
        world.arbiterAway = false;
    }
}
