package io.lightvessel.pipeline;

/** How a component tells that it works, or why it does not; saying the same again is cheap. */
public interface HealthReporter {

    void ok();

    /** It works, though less well than it could. */
    default void ok(String remark) {
        ok();
    }

    /** It does not work now but may recover by itself, for example while a backend is away. */
    void recoverable(String error);

    /** It does not work until its configuration or surroundings change. */
    void broken(String error);
}
