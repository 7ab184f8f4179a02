package io.lightvessel.gateway.pprof;

import io.lightvessel.pipeline.ComponentMetrics;
import java.util.Map;

/** Counts pulls of a job by what came of them. */
final class PullCounters {
    private static final String PULLS = "lightvessel_pprof_pulls";
    private static final String HELP = "Pulls of profiles, by what came of them";

    private final ComponentMetrics.Counter pulled;
    private final ComponentMetrics.Counter empty;
    private final ComponentMetrics.Counter first;
    private final ComponentMetrics.Counter failed;
    private final ComponentMetrics.Counter refused;
    private final ComponentMetrics.Counter late;
    private final ComponentMetrics.Counter bytes;

    PullCounters(ComponentMetrics metrics, String job) {
        pulled = counter(metrics, job, "taken");
        empty = counter(metrics, job, "empty");
        first = counter(metrics, job, "first");
        failed = counter(metrics, job, "failed");
        refused = counter(metrics, job, "refused");
        late = counter(metrics, job, "skipped");
        bytes = metrics.counter(
                "lightvessel_pprof_bytes", "Bytes of profiles as targets sent them", Map.of("job", job));
    }

    private static ComponentMetrics.Counter counter(ComponentMetrics metrics, String job, String result) {
        return metrics.counter(PULLS, HELP, Map.of("job", job, "result", result));
    }

    void pulled(int size) {
        pulled.add(1);
        bytes.add(size);
    }

    /** @param isFirst whether there was nothing to compare with, rather than no difference */
    void empty(boolean isFirst) {
        (isFirst ? first : empty).add(1);
    }

    void failed() {
        failed.add(1);
    }

    /** By the pipelines. */
    void refused() {
        refused.add(1);
    }

    /** A slot that came while the pull before it was under way. */
    void late() {
        late.add(1);
    }
}
