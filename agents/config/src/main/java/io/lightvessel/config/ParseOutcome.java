package io.lightvessel.config;

import java.util.List;

/** What reading a config came to: a config that can be used, perhaps with warnings, or the reasons why not. */
public sealed interface ParseOutcome {

    /** Everything that was found, errors first, then in the order of the text. */
    List<Finding> findings();

    /** A config that can be used; its findings are warnings only. */
    record Valid(PipelineConfig config, List<Finding> findings) implements ParseOutcome {
        public Valid {
            findings = List.copyOf(findings);
        }
    }

    /** A text that is no usable config; at least one of its findings is an error. */
    record Invalid(List<Finding> findings) implements ParseOutcome {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }
}
