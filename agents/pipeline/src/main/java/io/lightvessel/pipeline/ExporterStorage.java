package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queues on disk that an exporter's settings ask for, one for each signal: opened while a change of the config is
 * prepared, taken into use by lanes when it is committed, or let go.
 */
final class ExporterStorage {

    private final Map<Signal, DiskQueue> queues = new EnumMap<>(Signal.class);
    private final Set<Signal> fresh = new HashSet<>();

    /** @param node where lanes may have the directories open already; null for an exporter that is new */
    void open(ExporterInstance instance, Set<Signal> signals, @Nullable ExporterNode node, Means means)
            throws ComponentFailure {
        ComponentConfig config = instance.config();
        boolean logged = config.settings().has("wal");
        Optional<String> named = extension(config.settings());
        if (named.isEmpty() && !logged) {
            return;
        }
        StorageExtension storage = logged
                ? WriteAheadLog.of(config.settings())
                : instance.extension(ComponentId.parse(named.orElseThrow()), StorageExtension.class);
        for (Signal signal : signals) {
            if (queues.containsKey(signal)) {
                continue;
            }
            Path directory = storage.directory(ComponentKind.EXPORTER, config.id(), signal.label());
            DiskQueue running = node == null ? null : node.storedIn(signal, directory);
            if (running != null && running.reserve()) {
                queues.put(signal, running);
                continue;
            }
            queues.put(
                    signal,
                    DiskQueue.open(
                            config.id(),
                            signal,
                            storage,
                            directory,
                            QueueSettings.of(config.settings(), signal),
                            means));
            fresh.add(signal);
        }
    }

    private static Optional<String> extension(Settings exporter) {
        return exporter.has("sending_queue")
                ? exporter.section("sending_queue").optionalString("storage")
                : Optional.empty();
    }

    @Nullable
    DiskQueue queue(Signal signal) {
        return queues.get(signal);
    }

    Set<Signal> signals() {
        return Set.copyOf(queues.keySet());
    }

    /** Lanes have them now. */
    void taken() {
        fresh.clear();
    }

    /** Lets go of what no lane has taken; its files stay as they are. */
    void abort() {
        for (Signal signal : Set.copyOf(queues.keySet())) {
            DiskQueue queue = queues.get(signal);
            if (queue != null && fresh.contains(signal)) {
                queues.remove(signal);
                queue.discard();
            }
        }
        fresh.clear();
    }
}
