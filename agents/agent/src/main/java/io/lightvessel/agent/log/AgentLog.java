package io.lightvessel.agent.log;

import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up logging to standard error; {@code LIGHTVESSEL_LOG_LEVEL} is debug, info, warn or error. */
public final class AgentLog {
    // Loggers are held weakly by the JDK; without this the level set on it could be forgotten.
    private static final Logger ROOT = Logger.getLogger("");

    private AgentLog() {}

    public static void configure(String level) {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new LineFormatter());
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(parse(level));
        // Retries of a watch are in its receiver's health, once and in words of ours.
        for (Logger repeating : REPEATING) {
            repeating.setLevel(Level.SEVERE);
        }
        // Netty and the JDK's HTTP client say much at FINE that helps nobody who runs an agent.
        if (parse(level).intValue() < Level.INFO.intValue()) {
            for (Logger noisy : NOISY) {
                noisy.setLevel(Level.INFO);
            }
        }
    }

    private static final Logger[] NOISY = {
        Logger.getLogger("io.netty"), Logger.getLogger("jdk"), Logger.getLogger("sun"), Logger.getLogger("java")
    };

    private static final Logger[] REPEATING = {
        Logger.getLogger("io.fabric8.kubernetes.client.informers"),
        Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal")
    };

    private static Level parse(String level) {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            default ->
                throw new IllegalArgumentException(
                        "LIGHTVESSEL_LOG_LEVEL: " + level + " (expected: debug, info, warn or error)");
        };
    }
}
