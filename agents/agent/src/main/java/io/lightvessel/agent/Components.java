package io.lightvessel.agent;

import io.lightvessel.collector.CollectorComponents;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.cluster.Clusters;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.ReceiverFactory;
import io.lightvessel.pipeline.storage.FileStorageFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components this agent is built with, and what they share; to be closed after the engine. */
final class Components implements AutoCloseable {
    private final GatewayComponents gateway = GatewayComponents.create();

    /**
     * @param storage where receivers keep positions, or null to keep them in memory only
     * @param extensions those of the process itself
     */
    ComponentFactories factories(@Nullable Path storage, List<ExtensionFactory> extensions) {
        List<ReceiverFactory> receivers = new ArrayList<>(gateway.receivers());
        receivers.addAll(CollectorComponents.receivers(storage));
        return ComponentFactories.of(receivers, gateway.exporters())
                .with(gateway.extensions())
                .with(List.of(new FileStorageFactory(storage)))
                .with(extensions)
                .converting(gateway.converters());
    }

    Clusters clusters() {
        return gateway.clusters();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
