package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.discovery.TargetGroup;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a job makes of discovered targets, for tests of those that write jobs. */
public final class Resolved {

    private Resolved() {}

    /** Targets that are equal count once, as in a pool; one that cannot be asked is a failure. */
    public static Set<Target> of(TargetOptions options, Collection<TargetGroup> groups) {
        TargetResolver resolver = new TargetResolver(options);
        Set<Target> targets = new LinkedHashSet<>();
        for (TargetGroup group : groups) {
            for (Map<String, String> target : group.targets()) {
                switch (resolver.resolve(target, group.labels())) {
                    case Resolution.Usable(Target usable) -> targets.add(usable);
                    case Resolution.Unusable(String reason) -> throw new AssertionError(reason + ": " + target);
                    case Resolution.Dropped _ -> {
                        // Not for this job.
                    }
                }
            }
        }
        return targets;
    }
}
