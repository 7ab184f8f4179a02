package io.lightvessel.gateway.targets;

import io.lightvessel.config.PromDuration;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.relabel.LabelsBuilder;
import io.lightvessel.gateway.relabel.Relabelling;
import io.lightvessel.gateway.relabel.Unicode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes targets of a job's discovered labels. Used by one thread at a time. */
final class TargetResolver {

    /** A label that targets get which do not have it. */
    private record Default(String name, String value) {}

    private final TargetOptions options;
    private final Relabelling relabelling;
    private final LabelsBuilder labels = new LabelsBuilder();
    private final TargetHash hash = new TargetHash();
    private final List<Default> defaults;

    TargetResolver(TargetOptions options) {
        this.options = options;
        this.relabelling = Relabelling.compile(options.relabelling(), options.names());
        this.defaults = defaults(options);
    }

    private static List<Default> defaults(TargetOptions options) {
        List<Default> defaults = new ArrayList<>(List.of(
                new Default(InternalLabels.JOB, options.job()),
                new Default(InternalLabels.INTERVAL, PromDuration.format(options.interval())),
                new Default(InternalLabels.TIMEOUT, PromDuration.format(options.timeout())),
                new Default(InternalLabels.METRICS_PATH, options.path()),
                new Default(InternalLabels.SCHEME, options.scheme())));
        new TreeMap<>(options.params()).forEach((name, values) -> {
            if (!values.isEmpty()) {
                defaults.add(new Default(InternalLabels.PARAM_PREFIX + name, values.getFirst()));
            }
        });
        return List.copyOf(defaults);
    }

    Resolution resolve(Map<String, String> target, Map<String, String> group) {
        // Sorted, since maps have an order of their own in every process and labelmap may make one name of two.
        labels.reset(discovered(target, group));
        int dropped = relabelling.apply(labels);
        if (dropped != Relabelling.KEPT) {
            return new Resolution.Dropped(dropped);
        }
        Optional<String> problem = TargetAddress.problem(labels.get(InternalLabels.ADDRESS))
                .or(this::schemeProblem)
                .or(this::socketProblem)
                .or(this::labelProblem);
        if (problem.isPresent()) {
            return new Resolution.Unusable(problem.get());
        }
        Duration interval = duration(InternalLabels.INTERVAL);
        Duration timeout = duration(InternalLabels.TIMEOUT);
        if (interval == null || timeout == null) {
            String name = interval == null ? InternalLabels.INTERVAL : InternalLabels.TIMEOUT;
            return new Resolution.Unusable(
                    name + ": '" + labels.get(name) + "' (expected: a duration of 1ms or more, such as 30s)");
        }
        if (timeout.compareTo(interval) > 0) {
            return new Resolution.Unusable("__scrape_timeout__: " + labels.get(InternalLabels.TIMEOUT)
                    + " (expected: at most __scrape_interval__, which is " + labels.get(InternalLabels.INTERVAL) + ")");
        }
        return new Resolution.Usable(target(interval, timeout));
    }

    /** The labels before relabelling, defaults included. */
    LabelSet discovered(Map<String, String> target, Map<String, String> group) {
        labels.reset();
        target.forEach(labels::set);
        group.forEach(this::setIfMissing);
        for (Default label : defaults) {
            setIfMissing(label.name(), label.value());
        }
        return labels.toLabelSet();
    }

    /** What dropped a target, for people. */
    String describe(Resolution.Dropped dropped) {
        return "relabel_configs::" + dropped.rule() + " ("
                + options.relabelling().get(dropped.rule()).action().label() + ") dropped it";
    }

    private Target target(Duration interval, Duration timeout) {
        if (labels.get(InternalLabels.INSTANCE).isEmpty()) {
            labels.set(InternalLabels.INSTANCE, labels.get(InternalLabels.ADDRESS));
        }
        LabelSet shown = labels.toLabelSet(name -> !name.startsWith(InternalLabels.PREFIX));
        LabelSet internals = labels.toLabelSet(name -> name.startsWith(InternalLabels.PREFIX)
                && !name.startsWith(InternalLabels.META_PREFIX)
                && !name.startsWith(InternalLabels.TEMPORARY_PREFIX));
        String url = TargetUrl.of(internals, options.params());
        TargetKey key = new TargetKey(options.pool(), hash.of(shown, internals, url));
        return new Target(key, shown, internals, url, interval, timeout);
    }

    private void setIfMissing(String name, String value) {
        if (labels.get(name).isEmpty()) {
            labels.set(name, value);
        }
    }

    private Optional<String> schemeProblem() {
        String scheme = labels.get(InternalLabels.SCHEME);
        return List.of("http", "https").contains(scheme)
                ? Optional.empty()
                : Optional.of("__scheme__: '" + scheme + "' (expected: http or https)");
    }

    /** Asked over TCP it would be another target. */
    private Optional<String> socketProblem() {
        String socket = labels.get(InternalLabels.UNIX_SOCKET);
        return socket.isEmpty()
                ? Optional.empty()
                : Optional.of(InternalLabels.UNIX_SOCKET + ": '" + socket
                        + "' (expected: none; targets are asked over TCP only)");
    }

    private Optional<String> labelProblem() {
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            boolean internal = name.startsWith(InternalLabels.PREFIX);
            if (!internal && !options.names().isLabelName(name)) {
                return Optional.of("label '" + name + "' (expected: a valid name)");
            }
            if (!Unicode.isWellFormed(labels.value(i))) {
                return Optional.of("the value of label '" + name + "' is no Unicode text");
            }
        }
        return Optional.empty();
    }

    private @Nullable Duration duration(String name) {
        return PromDuration.parse(labels.get(name))
                .filter(duration -> !duration.isZero())
                .orElse(null);
    }
}
