package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Jobs and groups for tests. */
final class TargetFixtures {

    private TargetFixtures() {}

    static TargetOptions options(RelabelRule... rules) {
        return options(NameScheme.UTF8, 0, 0, rules);
    }

    static TargetOptions options(NameScheme names) {
        return options(names, 0, 0);
    }

    static TargetOptions options(NameScheme names, long targetLimit, long keepDropped, RelabelRule... rules) {
        return new TargetOptions(
                "prometheus/node",
                "node",
                "http",
                "/metrics",
                Map.of(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                List.of(rules),
                names,
                targetLimit,
                keepDropped);
    }

    static TargetGroup group(String source, String... addresses) {
        return new TargetGroup(
                source,
                Arrays.stream(addresses)
                        .map(address -> Map.of("__address__", address))
                        .toList(),
                Map.of());
    }
}
