package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import io.lightvessel.pipeline.series.SymbolIndex;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a request, one for each job and instance, with their scopes; usually there is one of each. */
final class Targets {

    private static final String OWN_SCOPE = "io.lightvessel.gateway.series";
    private static final byte[] SCOPE_PREFIX = bytes("otel_scope_");

    private record Identity(int job, int instance) {}

    /** What a resource's points are below; each scope by its labels. */
    private static final class Target {
        final ProtoWriter info = new ProtoWriter(64);
        final Map<ScopeLabels, MetricGroup> scopes = new LinkedHashMap<>();
    }

    private final SeriesReader reader;
    private final SymbolIndex symbols;
    private final int job;
    private final int instance;
    /** Whether any symbol begins as the labels do that name scopes; if not, nobody need look for them. */
    private final boolean hasScopes;

    private final Map<Identity, Target> targets = new LinkedHashMap<>();
    private Identity identity = new Identity(0, 0);
    private ScopeLabels scope = ScopeLabels.NONE;
    private @Nullable MetricGroup group;

    Targets(SeriesReader reader) {
        this.reader = reader;
        this.symbols = reader.symbols();
        this.job = symbols.find(bytes("job"));
        this.instance = symbols.find(bytes("instance"));
        boolean found = false;
        for (int i = 0; i < symbols.count() && !found; i++) {
            found = symbols.startsWith(i, SCOPE_PREFIX);
        }
        this.hasScopes = found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a label tells whose a point is, so that it is none of the point's attributes. */
    boolean isIdentity(int label) {
        return label == job || label == instance || hasScopes && symbols.startsWith(label, SCOPE_PREFIX);
    }

    /** Where the series that was just looked at belongs. */
    MetricGroup group(SeriesRuns runs) {
        int jobValue = value(runs, job);
        int instanceValue = value(runs, instance);
        ScopeLabels labels = hasScopes ? ScopeLabels.of(runs, symbols, SCOPE_PREFIX) : ScopeLabels.NONE;
        if (group != null && identity.job == jobValue && identity.instance == instanceValue && scope.equals(labels)) {
            return group;
        }
        identity = new Identity(jobValue, instanceValue);
        scope = labels;
        MetricGroup found = targets.computeIfAbsent(identity, _ -> new Target())
                .scopes
                .computeIfAbsent(scope, _ -> new MetricGroup());
        group = found;
        return found;
    }

    private static int value(SeriesRuns runs, int label) {
        for (int i = 0; i < runs.others(); i += 2) {
            if (runs.other(i) == label) {
                return runs.other(i + 1);
            }
        }
        return 0;
    }

    /** Takes the labels of a {@code target_info} as attributes of its resource. */
    void describe(SeriesRuns runs) {
        if (reader.samples() == 0 || reader.value(reader.samples() - 1) == PointWriter.STALE) {
            return;
        }
        Identity described = new Identity(value(runs, job), value(runs, instance));
        Target target = targets.computeIfAbsent(described, _ -> new Target());
        target.info.clear();
        for (int i = 0; i < runs.others(); i += 2) {
            if (!isIdentity(runs.other(i)) && symbols.length(runs.other(i + 1)) > 0) {
                Attributes.write(target.info, 1, reader, runs.other(i), runs.other(i + 1));
            }
        }
    }

    /** Writes the whole request; every metric is closed. */
    void write(ProtoWriter out) {
        targets.forEach((id, target) -> {
            if (target.scopes.isEmpty()) {
                return;
            }
            int resourceMetrics = out.begin(1);
            int resource = out.begin(1);
            TargetAttributes.write(out, symbols.text(id.job), symbols.text(id.instance));
            out.raw(target.info.array(), 0, target.info.size());
            out.end(resource);
            target.scopes.forEach((labels, metrics) -> {
                int scopeMetrics = out.begin(2);
                int scopeMessage = out.begin(1);
                labels.write(out, reader, OWN_SCOPE);
                out.end(scopeMessage);
                out.raw(metrics.out().array(), 0, metrics.out().size());
                labels.writeSchema(out, symbols);
                out.end(scopeMetrics);
            });
            out.end(resourceMetrics);
        });
    }
}
