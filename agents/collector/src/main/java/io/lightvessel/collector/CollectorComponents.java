package io.lightvessel.collector;

import io.lightvessel.collector.ebpf.EbpfReceiverFactory;
import io.lightvessel.collector.filelog.FilelogReceiverFactory;
import io.lightvessel.pipeline.ReceiverFactory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components of this module, for the agent to compose. */
public final class CollectorComponents {
    private CollectorComponents() {}

    /** @param storage where positions in files are kept, or null to forget them when the process ends */
    public static List<ReceiverFactory> receivers(@Nullable Path storage) {
        return List.of(
                new FilelogReceiverFactory(storage),
                FilelogReceiverFactory.podlogs(storage),
                new EbpfReceiverFactory());
    }
}
