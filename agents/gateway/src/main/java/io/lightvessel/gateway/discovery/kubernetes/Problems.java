package io.lightvessel.gateway.discovery.kubernetes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several problems as one sentence that stays readable. */
final class Problems {

    private static final int MOST = 3;

    private final Set<String> problems = new LinkedHashSet<>();

    void add(@Nullable String problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }

    /** Null when there are none. */
    @Nullable
    String text() {
        if (problems.isEmpty()) {
            return null;
        }
        List<String> few = problems.stream().limit(MOST).toList();
        int more = problems.size() - few.size();
        return String.join("; ", few) + (more == 0 ? "" : "; and " + more + " more");
    }
}
