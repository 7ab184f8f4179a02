package io.lightvessel.gateway.scrape.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs that come and go while a receiver runs, until it is closed. */
public interface JobSource extends AutoCloseable {

    /** Begins to tell; called once. Does not block for longer than reading a file takes. */
    void start(Listener listener);

    /** Nothing is told after this returns. */
    @Override
    void close();

    /** Hears of jobs; called by one thread at a time. */
    interface Listener {

        /**
         * What is different; all other jobs go on undisturbed.
         *
         * @param changed jobs that are new, or another job of the same name than before
         * @param gone names of jobs that are no more
         */
        void jobs(List<ScrapeConfig> changed, Set<String> gone);

        /** What keeps jobs from being known or used, as one sentence; null once all is well. Known jobs stay. */
        void problem(@Nullable String message);
    }
}
