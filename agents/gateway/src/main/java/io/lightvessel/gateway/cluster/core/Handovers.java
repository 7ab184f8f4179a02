package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes from one owner of a target to the next: sent in parts, kept by the receiver until it may begin. */
final class Handovers {

    static final int MAX_STATE = 16 << 20;
    /** Beyond this the states that arrive are dropped, though not the last slots: series then begin anew. */
    private static final long MAX_STASHED = 64L << 20;

    private static final class Stash {
        final long epoch;
        final Instant lastSlot;
        final byte @Nullable [] state;
        int received;
        final int size;
        final long until;
        /** Arrived before the coordinator did, which cannot know who has owned the target since. */
        boolean old;

        Stash(long epoch, Instant lastSlot, byte @Nullable [] state, int size, long until) {
            this.epoch = epoch;
            this.lastSlot = lastSlot;
            this.state = state;
            this.size = size;
            this.until = until;
        }
    }

    private final Timing timing;
    private final Effects effects;
    private final Map<MemberId, Link> links = new HashMap<>();
    private final Map<TargetKey, Stash> stashes = new HashMap<>();
    private long stashedBytes;
    private long sessions;

    Handovers(Timing timing, Effects effects) {
        this.timing = timing;
        this.effects = effects;
    }

    void send(long now, MemberId to, TargetKey key, long epoch, Handover handover, Runnable whenDone) {
        Link link = links.get(to);
        if (link == null) {
            // The time makes sessions rise when a link is made anew.
            sessions = Math.max(sessions + 1, now);
            link = new Link(to, Message.Channel.HANDOVER, sessions, timing.heartbeat(), effects);
            links.put(to, link);
        }
        byte[] state = handover.state().length <= MAX_STATE ? handover.state() : new byte[0];
        int offset = 0;
        do {
            int length = Math.min(Content.MAX_PART, state.length - offset);
            Content part = new Content.Part(
                    key,
                    epoch,
                    handover.lastSlot(),
                    state.length,
                    offset,
                    Arrays.copyOfRange(state, offset, offset + length));
            offset += length;
            link.add(now, part, offset == state.length ? whenDone : () -> {});
        } while (offset < state.length);
    }

    void acknowledged(long now, MemberId from, Message.FrameAck ack) {
        Link link = links.get(from);
        if (link != null) {
            link.acknowledged(now, ack.session(), ack.upTo());
        }
    }

    /** What is on its way to one who is gone need not arrive. */
    void forget(MemberId to) {
        links.remove(to);
    }

    void arrived(long now, Content.Part part) {
        Stash stash = stashes.get(part.key());
        if (part.offset() == 0) {
            drop(part.key());
            boolean room = stashedBytes + part.size() <= MAX_STASHED;
            byte[] state = room ? new byte[part.size()] : null;
            stashedBytes += room ? part.size() : 0;
            stash = new Stash(part.epoch(), part.lastSlot(), state, part.size(), now + 4 * timing.handover());
            stashes.put(part.key(), stash);
        }
        if (stash == null
                || stash.epoch != part.epoch()
                || stash.size != part.size()
                || stash.received != part.offset()
                || part.bytes().length > stash.size - stash.received) {
            return;
        }
        if (stash.state != null) {
            System.arraycopy(part.bytes(), 0, stash.state, part.offset(), part.bytes().length);
        }
        stash.received += part.bytes().length;
    }

    /** What lies here when a coordinator comes; it may be all that is left of what was on its way. */
    List<Content.Holding> atSession() {
        List<Content.Holding> complete = new ArrayList<>();
        stashes.forEach((key, stash) -> {
            stash.old = true;
            if (stash.received == stash.size) {
                complete.add(new Content.Holding(key, stash.epoch, Content.Phase.HANDED));
            }
        });
        return complete;
    }

    /** What the owner of that epoch has handed over, if all of it has arrived. */
    @Nullable
    Handover take(TargetKey key, long epoch) {
        Stash stash = stashes.get(key);
        drop(key);
        if (stash == null || stash.received < stash.size || stash.epoch != epoch) {
            return null;
        }
        Handover handover = new Handover(stash.lastSlot, stash.state == null ? new byte[0] : stash.state);
        return stash.old ? handover.outdated() : handover;
    }

    private void drop(TargetKey key) {
        Stash stash = stashes.remove(key);
        if (stash != null && stash.state != null) {
            stashedBytes -= stash.state.length;
        }
    }

    void tick(long now) {
        links.values().forEach(link -> link.tick(now));
        for (TargetKey key : List.copyOf(stashes.keySet())) {
            Stash stash = stashes.get(key);
            if (stash != null && now >= stash.until) {
                drop(key);
            }
        }
    }
}
