package io.lightvessel.local;

import io.lightvessel.local.pods.PodLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one process of the product is started, and how to tell that it does its work. */
record Part(
        String name,
        String address,
        Stage stage,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Optional<PodLog> podLog,
        Probe probe,
        Duration patience) {

    /** Parts stop stage by stage, producers first, so that what they sent is still delivered. */
    enum Stage {
        SHOP,
        AGENT,
        PLATFORM
    }

    /** Whether a part does its work by now. */
    interface Probe {
        boolean ready() throws InterruptedException;
    }
}
