package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.symbols.LogDirectoryPods;
import io.lightvessel.collector.ebpf.symbols.NodeStackNames;
import io.lightvessel.collector.ebpf.symbols.PodLookup;
import io.lightvessel.collector.ebpf.symbols.SymbolSettings;
import io.lightvessel.collector.ebpf.symbols.WatchedPodLookup;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes ebpf receivers. */
public final class EbpfReceiverFactory implements ReceiverFactory {
    private static final Path LOGS = Path.of("/var/log");

    @Override
    public String type() {
        return "ebpf";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous) {
        EbpfSettings wanted = EbpfSettings.of(settings);
        EbpfReceiver receiver = new EbpfReceiver(
                context,
                wanted,
                () -> new NodeStackNames(
                        SymbolSettings.usual(wanted.node(), wanted.asksJvms()), pods(wanted, LOGS, System.getenv())),
                previous instanceof EbpfReceiver running ? running : null);
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

    /** What the API server tells, and before it does, or where it must not be asked, what the kubelet's logs are called. */
    static PodLookup pods(EbpfSettings wanted, Path logs, Map<String, String> environment) {
        return new WatchedPodLookup(wanted.pods().open(environment), new LogDirectoryPods(logs));
    }
}
