package io.lightvessel.gateway.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds targets and goes on telling when they change, until it is closed. */
public interface Discovery extends AutoCloseable {

    /** Begins to tell; called once. Does not block for longer than reading a file takes. */
    void start(Listener listener);

    /** Nothing is told after this returns. */
    @Override
    void close();

    /** Hears of targets; called by one thread at a time. */
    interface Listener {

        /** Groups that are new or have changed; others stay as they are. */
        void changed(List<TargetGroup> groups);

        /**
         * What keeps the discovery from seeing everything, such as a right it does not have, as one sentence; null once
         * it sees everything again. Known targets stay.
         */
        void problem(@Nullable String message);
    }
}
