package io.lightvessel.render;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.GoDuration;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for known traps in a stack. */
final class StackTraps {
    private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_BATCH = 20_000;
    private static final int MOST_LABELS = 15;
    private static final int LABELS_OF_PODS = 3;
    private static final int LABELS_OF_CLUSTERS = 2;
    private static final Set<String> ENDLESS = Set.of(
            "user.id",
            "enduser.id",
            "session.id",
            "request.id",
            "http.request.id",
            "trace.id",
            "trace_id",
            "span.id",
            "span_id",
            "url.full",
            "url.query",
            "http.url",
            "client.address",
            "client.port",
            "network.peer.port",
            "db.statement",
            "db.query.text",
            "messaging.message.id",
            "exception.stacktrace");
    private static final Set<String> SAMPLING = Set.of("probabilistic_sampler", "tail_sampling");

    private final StackSpec spec;
    private final List<StackFinding> found = new ArrayList<>();

    private StackTraps(StackSpec spec) {
        this.spec = spec;
    }

    static List<StackFinding> of(StackSpec spec) {
        StackTraps traps = new StackTraps(spec);
        traps.processing();
        traps.scraping();
        traps.labels();
        traps.destinations();
        for (AgentRole role : AgentRole.values()) {
            traps.handWritten(role);
        }
        return List.copyOf(traps.found);
    }

    /** Agents bound their memory by themselves, so this one is for other programs only. */
    static List<RenderFinding> ofOtherPrograms(StackSpec spec, AgentRole role) {
        return role == AgentRole.COLLECTOR
                        || spec.gateway().processors().memoryLimiter().enabled()
                ? List.of()
                : List.of(RenderFinding.differs(
                        "gateway.processors.memoryLimiter.enabled",
                        "false (expected: true). " + Trap.NO_MEMORY_LIMIT.why(),
                        Trap.NO_MEMORY_LIMIT.fix()));
    }

    private void processing() {
        Processors processors = spec.gateway().processors();
        int largest = spec.gateway().batch().sendBatchMaxSize();
        if (largest == 0 || largest > LARGEST_BATCH) {
            found(
                    Trap.BATCHES_WITHOUT_BOUND,
                    "gateway.batch.sendBatchMaxSize",
                    "%d (expected: 1..%d)".formatted(largest, LARGEST_BATCH));
        }
        for (int i = 0; i < processors.attributes().size(); i++) {
            Processors.AttributeAction action = processors.attributes().get(i);
            if (action.setsValue()
                    && ENDLESS.contains(action.key())
                    && spec.backends().takes(Signal.METRICS)) {
                found(
                        Trap.ENDLESS_VALUES,
                        "gateway.processors.attributes.%d.key".formatted(i),
                        "%s (expected: an attribute with few values)".formatted(action.key()));
            }
        }
    }

    private void scraping() {
        String interval = spec.gateway().scraping().interval();
        boolean tooOften = GoDuration.parse(interval)
                .filter(time -> time.compareTo(SCRAPE_TIMEOUT) < 0)
                .isPresent();
        if (tooOften && spec.gateway().scraping().hasTargets()) {
            found(
                    Trap.SHORTER_THAN_TIMEOUT,
                    "gateway.scraping.interval",
                    "%s (expected: 10s or more)".formatted(interval));
        }
    }

    private void labels() {
        int labels = spec.collector().resourceAttributes().size() + LABELS_OF_PODS + LABELS_OF_CLUSTERS;
        boolean loki = spec.backends().destinations().values().stream().anyMatch(Destination.Loki.class::isInstance);
        if (loki && spec.collector().podLogs().enabled() && labels > MOST_LABELS) {
            found(
                    Trap.TOO_MANY_LABELS,
                    "collector.resourceAttributes",
                    "%d labels with those of pod and cluster (expected: at most %d)".formatted(labels, MOST_LABELS));
        }
    }

    private void destinations() {
        Map<String, String> known = new HashMap<>();
        spec.backends().destinations().forEach((name, destination) -> {
            String path = "backends.destinations." + name;
            String address = Addresses.of(destination);
            if (Addresses.isPlaintext(destination) && Addresses.isPublic(address)) {
                found(
                        Trap.PLAINTEXT_TO_THE_INTERNET,
                        path + ".endpoint",
                        "%s without TLS (expected: TLS, or an address inside)".formatted(address));
            }
            for (Signal signal : destination.signals()) {
                String other = address.isEmpty() ? null : known.putIfAbsent(signal + " " + address, name);
                if (other != null) {
                    found(
                            Trap.SENT_TWICE,
                            path,
                            "%s to %s, where %s sends them too (expected: one of them)"
                                    .formatted(signal.pipeline(), address, other));
                }
            }
        });
    }

    /** The order of steps is the renderer's own, but for configs written by hand. */
    private void handWritten(AgentRole role) {
        String raw = spec.raw().of(role);
        if (raw == null || !(ConfigParser.parse(raw, Environment.UNRESOLVED) instanceof ParseOutcome.Valid valid)) {
            return;
        }
        String path = "raw." + role.wireName();
        valid.config().pipelines().forEach(pipeline -> {
            List<String> types = pipeline.processors().stream()
                    .map(processor -> processor.type())
                    .toList();
            int batch = types.indexOf("batch");
            boolean sampledLater =
                    batch >= 0 && types.subList(batch, types.size()).stream().anyMatch(SAMPLING::contains);
            if (sampledLater) {
                found(
                        Trap.BATCH_BEFORE_SAMPLING,
                        path,
                        "%s: batch, then sampling (expected: batch last)".formatted(pipeline.id()));
            }
            if (types.indexOf("memory_limiter") > 0) {
                found(
                        Trap.MEMORY_LIMIT_NOT_FIRST,
                        path,
                        "%s: %s, then memory_limiter (expected: memory_limiter first)"
                                .formatted(pipeline.id(), types.getFirst()));
            }
        });
    }

    private void found(Trap trap, String path, String reason) {
        found.add(StackFinding.warning(path, reason + ". " + trap.why(), trap.fix()));
    }
}
