package io.lightvessel.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops components in a way that lets one that fails not keep the others from being stopped. */
final class Stopping {

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private Stopping() {}

    static void run(String name, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LOG.error("{}: failed to stop", name, e);
        }
    }
}
