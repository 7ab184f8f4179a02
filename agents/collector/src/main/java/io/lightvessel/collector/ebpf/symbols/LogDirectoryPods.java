package io.lightvessel.collector.ebpf.symbols;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows pods by how the kubelet names their logs: {@code containers/POD_NAMESPACE_CONTAINER-ID.log} and {@code
 * pods/NAMESPACE_POD_UID}. That needs no right to ask the API server, and tells nothing of annotations.
 */
public final class LogDirectoryPods implements PodLookup {
    private static final long LOOK_EVERY = Duration.ofSeconds(10).toNanos();
    private static final Pattern CONTAINER = Pattern.compile("([^_]+)_([^_]+)_(.+)-([0-9a-f]{64})\\.log");
    private static final Pattern POD = Pattern.compile("([^_]+)_([^_]+)_([0-9a-f-]{32,36})");
    static final int SHORT_ID = 12;

    private final Path logs;
    private final LongSupplier clock;
    private Map<String, PodContainer> byContainer = Map.of();
    private Map<String, PodContainer> byUid = Map.of();
    private long nextLook;

    /** @param logs usually {@code /var/log} */
    public LogDirectoryPods(Path logs) {
        this(logs, System::nanoTime);
    }

    LogDirectoryPods(Path logs, LongSupplier clock) {
        this.logs = logs;
        this.clock = clock;
        this.nextLook = clock.getAsLong();
    }

    @Override
    public synchronized Optional<PodContainer> find(String containerId, String podUid) {
        if (!byContainer.containsKey(containerId) && clock.getAsLong() - nextLook >= 0) {
            look();
        }
        PodContainer container = byContainer.get(containerId);
        if (container != null) {
            return Optional.of(container);
        }
        return Optional.ofNullable(byUid.get(podUid))
                .map(pod -> new PodContainer(
                        pod.namespace(),
                        pod.pod(),
                        containerId.substring(0, Math.min(SHORT_ID, containerId.length())),
                        ""));
    }

    private void look() {
        nextLook = clock.getAsLong() + LOOK_EVERY;
        byContainer = read(
                "containers",
                CONTAINER,
                (name, found) ->
                        found.put(name.group(4), new PodContainer(name.group(2), name.group(1), name.group(3), "")));
        byUid = read(
                "pods",
                POD,
                (name, found) -> found.put(name.group(3), new PodContainer(name.group(1), name.group(2), "", "")));
    }

    private Map<String, PodContainer> read(
            String directory, Pattern form, BiConsumer<Matcher, Map<String, PodContainer>> taken) {
        Map<String, PodContainer> found = new HashMap<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(logs.resolve(directory))) {
            for (Path path : names) {
                Matcher name = form.matcher(String.valueOf(path.getFileName()));
                if (name.matches()) {
                    taken.accept(name, found);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No kubelet here, or its logs are not mounted: processes keep the names they have without pods.
            return found;
        }
        return found;
    }
}
