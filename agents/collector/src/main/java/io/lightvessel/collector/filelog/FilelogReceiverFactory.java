package io.lightvessel.collector.filelog;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes filelog receivers; keeps their positions across reloads. */
public final class FilelogReceiverFactory implements ReceiverFactory {
    private final @Nullable Path storage;
    private final boolean pods;
    private final Map<ComponentId, Checkpoints> checkpoints = new ConcurrentHashMap<>();

    /** @param storage where positions are kept, or null to forget them when the process ends */
    public FilelogReceiverFactory(@Nullable Path storage) {
        this(storage, false);
    }

    private FilelogReceiverFactory(@Nullable Path storage, boolean pods) {
        this.storage = storage;
        this.pods = pods;
    }

    /** Makes podlogs receivers, which are the same with other keys. */
    public static FilelogReceiverFactory podlogs(@Nullable Path storage) {
        return new FilelogReceiverFactory(storage, true);
    }

    @Override
    public String type() {
        return pods ? "podlogs" : "filelog";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous) {
        FilelogReceiver receiver = new FilelogReceiver(
                context,
                pods ? FilelogSettings.ofPods(settings) : FilelogSettings.of(settings),
                checkpoints.computeIfAbsent(context.id(), id -> new Checkpoints(storage, id.toString())),
                previous instanceof FilelogReceiver running ? running : null);
        return new Prepared<>() {
            @Override
            public Receiver component() {
                return receiver;
            }

            @Override
            public void commit() {
                receiver.start();
            }

            @Override
            public void abort() {
                // Nothing was opened yet.
            }
        };
    }
}
