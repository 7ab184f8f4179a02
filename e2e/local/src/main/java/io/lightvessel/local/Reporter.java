package io.lightvessel.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Where the supervisor says what happens, a line at a time. */
public interface Reporter {

    void say(String line);

    /** Writes to a stream, whole lines at a time. */
    static Reporter to(PrintStream out) {
        return line -> {
            synchronized (out) {
                out.println(line);
                out.flush();
            }
        };
    }

    default void started(Part part, Duration took) {
        say(String.format(Locale.ROOT, "  %-14s %-52s %5.1f s", part.name(), part.address(), took.toMillis() / 1000.0));
    }
}
