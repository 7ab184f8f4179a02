package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Channel;
import io.lightvessel.gateway.cluster.core.Message.Frame;
import java.util.ArrayDeque;
import java.util.Deque;

/** The sending end of a series of frames: repeats what was not acknowledged, keeps a window of frames and bytes. */
final class Link {

    static final int WINDOW_FRAMES = 64;
    private static final long WINDOW_BYTES = 1 << 20;
    /** So many frames behind one that is missing have arrived before it is taken for lost. */
    private static final int LOST = 3;

    private record Entry(long number, Content content, Runnable whenDone) {}

    private final MemberId to;
    private final Channel channel;
    private final Effects effects;
    private final long patience;
    private long session;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> sent = new ArrayDeque<>();
    private long sentBytes;
    private long lastNumber;
    private long since;
    private int repeated;

    Link(MemberId to, Channel channel, long session, long patience, Effects effects) {
        this.to = to;
        this.channel = channel;
        this.session = session;
        this.patience = patience;
        this.effects = effects;
    }

    void add(long now, Content content) {
        add(now, content, () -> {});
    }

    /** @param whenDone runs when the receiver has the frame */
    void add(long now, Content content, Runnable whenDone) {
        waiting.add(new Entry(++lastNumber, content, whenDone));
        pump(now);
    }

    private void pump(long now) {
        while (!waiting.isEmpty() && sent.size() < WINDOW_FRAMES && sentBytes < WINDOW_BYTES) {
            Entry next = waiting.remove();
            if (sent.isEmpty()) {
                since = now;
            }
            sent.add(next);
            sentBytes += size(next.content());
            send(next);
        }
    }

    private void send(Entry entry) {
        effects.send(to, new Frame(channel, session, entry.number(), entry.content()));
    }

    void acknowledged(long now, long ofSession, long upTo) {
        if (ofSession != session) {
            return;
        }
        boolean progress = false;
        while (!sent.isEmpty() && sent.getFirst().number() <= upTo) {
            Entry done = sent.remove();
            sentBytes -= size(done.content());
            progress = true;
            done.whenDone().run();
        }
        if (progress) {
            since = now;
            repeated = 0;
            pump(now);
        } else if (!sent.isEmpty() && upTo == sent.getFirst().number() - 1 && ++repeated == LOST) {
            send(sent.getFirst());
        }
    }

    void tick(long now) {
        if (!sent.isEmpty() && now - since >= patience) {
            since = now;
            repeated = 0;
            sent.forEach(this::send);
        }
    }

    /** Whether all that was given to it has arrived. */
    boolean isIdle() {
        return sent.isEmpty() && waiting.isEmpty();
    }

    long session() {
        return session;
    }

    private static long size(Content content) {
        return content instanceof Content.Part part ? part.bytes().length : 0;
    }
}
