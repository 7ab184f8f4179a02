package io.lightvessel.pipeline;

import io.lightvessel.config.Finding;
import java.util.List;

/** What applying a config came to. */
public sealed interface ApplyOutcome {

    /**
     * The config is running.
     *
     * @param broken pipelines that are left out because one of their components cannot start; only when nothing was
     *     running before, since otherwise such a config is refused whole
     */
    record Applied(List<BrokenPipeline> broken) implements ApplyOutcome {
        public Applied {
            broken = List.copyOf(broken);
        }
    }

    /** The config is not running; what ran before still does. */
    record Refused(String reason, List<Finding> findings) implements ApplyOutcome {
        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A pipeline that could not start.
     *
     * @param component its component at fault, such as {@code receiver/otlp}
     */
    record BrokenPipeline(String pipeline, String component, String reason) {}
}
