package io.lightvessel.pipeline;

/**
 * A component that is ready to run but does not run yet. Whatever can fail has been done: its port is bound, its
 * files are readable. Exactly one of {@code commit} and {@code abort} is called, once; neither fails.
 */
public interface Prepared<C> {

    C component();

    /** Starts it, taking over what it wants from its predecessor, which is stopped afterwards. */
    void commit();

    /** Gives up everything it holds; its predecessor goes on as if nothing had happened. */
    void abort();

    /** For components that have nothing to start and nothing to give up. */
    static <C> Prepared<C> ready(C component) {
        return new Prepared<>() {
            @Override
            public C component() {
                return component;
            }

            @Override
            public void commit() {
                // Nothing waits to be started.
            }

            @Override
            public void abort() {
                // Nothing is held.
            }
        };
    }
}
