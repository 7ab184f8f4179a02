package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Frame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The receiving end of a series of frames: lets each through once, in order; a newer session ends the one before. */
final class Inbox {

    private final Map<Long, Frame> early = new HashMap<>();
    private long session = Long.MIN_VALUE;
    private long last;

    /** Takes a frame in; {@link #next} then gives what is due. */
    void offer(Frame frame) {
        if (frame.session() < session) {
            return;
        }
        if (frame.session() > session) {
            session = frame.session();
            last = 0;
            early.clear();
        }
        if (frame.number() > last && frame.number() <= last + Link.WINDOW_FRAMES) {
            early.put(frame.number(), frame);
        }
    }

    @Nullable
    Frame next() {
        Frame next = early.remove(last + 1);
        if (next != null) {
            last++;
        }
        return next;
    }

    long session() {
        return session;
    }

    long last() {
        return last;
    }
}
