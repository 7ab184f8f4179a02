package io.lightvessel.agent;

import io.lightvessel.agent.link.ManagedEngine;
import io.lightvessel.wire.Digests;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a config file and follows its changes. The directory is watched, because editors and Kubernetes replace files
 * instead of writing them; the content is compared from time to time, because not every file system reports changes.
 */
final class LocalConfig implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalConfig.class);
    private static final Duration SETTLE = Duration.ofMillis(100);

    private final Path file;
    private final ManagedEngine engine;
    private final Duration compareEvery;
    private @Nullable WatchService watcher;
    private String digest = "";
    // Pipelines that could not start, for want of a port say, are tried again.
    private volatile boolean incomplete;
    private volatile Optional<String> problem = Optional.empty();

    LocalConfig(Path file, ManagedEngine engine, Duration compareEvery) {
        this.file = file.toAbsolutePath();
        this.engine = engine;
        this.compareEvery = compareEvery;
    }

    /** Applies the file for the first time; a config that cannot run at all ends the program. */
    synchronized void start() {
        byte[] yaml;
        try {
            yaml = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure("config file " + file + " cannot be read: " + e, e);
        }
        digest = Digests.sha256Hex(yaml);
        switch (engine.apply(yaml)) {
            case ManagedEngine.Outcome.Applied() -> LOG.info("running {}", file);
            case ManagedEngine.Outcome.AppliedInPart(String reason) -> {
                incomplete = true;
                problem = Optional.of(reason);
                LOG.error("running {} in part: {}", file, reason);
            }
            case ManagedEngine.Outcome.Refused(String reason) -> throw new Failure(file + ": " + reason);
        }
        watch();
    }

    /** Reads the file again, changed or not. */
    synchronized void reload() {
        byte[] yaml;
        try {
            yaml = Files.readAllBytes(file);
        } catch (IOException e) {
            refuse("cannot be read: " + e);
            return;
        }
        digest = Digests.sha256Hex(yaml);
        switch (engine.apply(yaml)) {
            case ManagedEngine.Outcome.Applied() -> {
                incomplete = false;
                problem = Optional.empty();
                LOG.info("running the changed {}", file);
            }
            case ManagedEngine.Outcome.AppliedInPart(String reason) -> {
                incomplete = true;
                problem = Optional.of(reason);
                LOG.error("running {} in part: {}", file, reason);
            }
            case ManagedEngine.Outcome.Refused(String reason) -> refuse(reason);
        }
    }

    /** Why the file as it is now does not run, or empty when it does. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public void close() {
        WatchService current = watcher;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.warn("watching {} could not be ended", file, e);
            }
        }
    }

    private synchronized void complete() {
        try {
            if (engine.apply(Files.readAllBytes(file)) instanceof ManagedEngine.Outcome.Applied) {
                incomplete = false;
                problem = Optional.empty();
                LOG.info("{} runs completely now", file);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read now: {}", file, e.toString());
        }
    }

    private void refuse(String reason) {
        problem = Optional.of(reason);
        LOG.error("{} is not used, the config before it stays: {}", file, reason);
    }

    private void watch() {
        try {
            WatchService service = file.getFileSystem().newWatchService();
            Path directory = file.getParent();
            if (directory != null) {
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
            watcher = service;
            Thread.ofVirtual().name("config-watch").start(() -> follow(service));
        } catch (IOException e) {
            LOG.warn("{} is not watched, send SIGHUP after changes", file, e);
        }
    }

    private void follow(WatchService service) {
        try {
            while (true) {
                WatchKey key = service.poll(compareEvery.toMillis(), TimeUnit.MILLISECONDS);
                if (key != null) {
                    // A write is several events; half a file is not worth an error.
                    Thread.sleep(SETTLE);
                    key.pollEvents();
                    key.reset();
                }
                if (hasChanged()) {
                    reload();
                } else if (incomplete) {
                    complete();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("watching {} has ended", file);
        }
    }

    private synchronized boolean hasChanged() {
        try {
            return !Digests.sha256Hex(Files.readAllBytes(file)).equals(digest);
        } catch (IOException e) {
            // Between deletion and replacement there is no file; when it stays away, what runs goes on running.
            LOG.debug("{} cannot be read now: {}", file, e.toString());
            return false;
        }
    }
}
