package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a job says about its targets, as far as it does not matter what is got from them.
 *
 * @param pool the job's name among all pools of all receivers, for example {@code prometheus/node}
 * @param job the label {@code job}
 * @param path what becomes {@code __metrics_path__}
 * @param relabelling the rules, in order
 * @param names which label names are valid
 * @param targetLimit most targets; 0 has no limit
 * @param keepDroppedTargets most dropped targets that are kept for show; 0 has no limit
 */
public record TargetOptions(
        String pool,
        String job,
        String scheme,
        String path,
        Map<String, List<String>> params,
        Duration interval,
        Duration timeout,
        List<RelabelRule> relabelling,
        NameScheme names,
        long targetLimit,
        long keepDroppedTargets) {

    public TargetOptions {
        params = Map.copyOf(params);
        relabelling = List.copyOf(relabelling);
    }
}
