package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Keeps what a replica says to itself: a coordinator treats its own process as any other member. */
final class Loopback implements Effects {

    private final MemberId self;
    private final Effects outside;
    private final Deque<Message> inside = new ArrayDeque<>();

    Loopback(MemberId self, Effects outside) {
        this.self = self;
        this.outside = outside;
    }

    @Nullable
    Message poll() {
        return inside.poll();
    }

    @Override
    public void send(MemberId to, Message message) {
        if (to.equals(self)) {
            inside.add(message);
        } else {
            outside.send(to, message);
        }
    }

    @Override
    public void take(TargetKey key, @Nullable Handover handover) {
        outside.take(key, handover);
    }

    @Override
    public void give(TargetKey key, long epoch) {
        outside.give(key, epoch);
    }

    @Override
    public void drop(TargetKey key) {
        outside.drop(key);
    }

    @Override
    public void lose(TargetKey key) {
        outside.lose(key);
    }

    @Override
    public void lease(long until) {
        outside.lease(until);
    }

    @Override
    public void claim(Arbiter.Claim claim) {
        outside.claim(claim);
    }

    @Override
    public void left() {
        outside.left();
    }
}
