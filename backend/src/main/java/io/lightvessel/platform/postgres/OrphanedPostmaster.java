package io.lightvessel.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the PostgreSQL server a killed control plane left running on a data directory; call it holding the directory's lock. */
final class OrphanedPostmaster {
    private static final Logger log = LoggerFactory.getLogger(OrphanedPostmaster.class);

    private OrphanedPostmaster() {}

    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        String first =
                Files.readAllLines(pidFile).stream().findFirst().orElse("").trim();
        if (!first.matches("\\d{1,10}")) {
            return;
        }
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(first)).orElse(null);
        // The number may have gone to another process since.
        if (postmaster == null || !commandLine(postmaster).contains(data.toString())) {
            return;
        }
        log.warn("PostgreSQL: stopping process {} left over from a control plane that was killed", postmaster.pid());
        postmaster.destroy();
        try {
            postmaster.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping process " + postmaster.pid(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + postmaster.pid() + " of a former run does not end", e);
        }
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().arguments().map(a -> String.join(" ", a)).orElse("");
    }
}
