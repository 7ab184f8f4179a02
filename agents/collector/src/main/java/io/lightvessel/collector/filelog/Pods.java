package io.lightvessel.collector.filelog;

import io.lightvessel.collector.kubernetes.PodDirectory;
import io.lightvessel.collector.kubernetes.PodFacts;
import io.lightvessel.pipeline.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which logs are followed because of their pods, and what is known of these. Used by the receiver's thread only. */
final class Pods {
    // The kubelet makes a pod's directory about when the API server tells of the pod.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final FilelogSettings settings;
    private final PodDirectory directory;
    private final Timer timer;
    private final Map<Path, Long> firstSeen = new HashMap<>();
    private final Map<String, LineAllowance> allowances = new HashMap<>();

    Pods(FilelogSettings settings, PodDirectory directory, Timer timer) {
        this.settings = settings;
        this.directory = directory;
        this.timer = timer;
    }

    /** Whether a log is to be followed. */
    enum Choice {
        YES,
        NO,
        /** Not known yet. */
        LATER
    }

    Choice choose(Path log) {
        PodOptions options = settings.pods();
        PodPath pod = options == null ? null : PodPath.parse(log).orElse(null);
        if (options == null || pod == null) {
            return Choice.YES;
        }
        if (!options.admitsNamespace(pod.namespace())) {
            return Choice.NO;
        }
        Optional<PodFacts> facts = directory.find(pod.uid());
        if (facts.isPresent()) {
            firstSeen.remove(log);
            return options.admits(facts.get()) ? Choice.YES : Choice.NO;
        }
        long now = timer.nanoTime();
        boolean patient = directory.isExpected() && now - firstSeen.computeIfAbsent(log, _ -> now) < PATIENCE.toNanos();
        return patient || options.choosesByFacts() ? Choice.LATER : Choice.YES;
    }

    /** Changes when {@link #resource} may. */
    long version() {
        return directory.version();
    }

    /** What is known of where a log comes from. */
    Map<String, String> resource(Path log) {
        Map<String, String> resource = new LinkedHashMap<>(settings.resource(log));
        PodOptions options = settings.pods();
        if (options != null) {
            PodPath.parse(log)
                    .ifPresent(pod -> resource.putAll(
                            options.attributes(pod, directory.find(pod.uid()).orElse(null))));
        }
        return resource;
    }

    /** What a log's pod may write, shared by its containers; null when there is no limit. */
    @Nullable
    LineAllowance allowance(Path log) {
        PodOptions options = settings.pods();
        if (options == null || options.linesPerSecond() == 0) {
            return null;
        }
        String pod = PodPath.parse(log).map(PodPath::uid).orElse(log.toString());
        return allowances.computeIfAbsent(
                pod, _ -> new LineAllowance(options.linesPerSecond(), options.burst(), timer.nanoTime()));
    }

    void forget(Path log) {
        firstSeen.remove(log);
        PodPath.parse(log).ifPresent(pod -> allowances.remove(pod.uid()));
    }
}
