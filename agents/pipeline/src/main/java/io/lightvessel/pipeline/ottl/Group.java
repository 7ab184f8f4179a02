package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.Statement;
import java.util.List;

/**
 * Statements that are run one after the other for each resource, each span and so on, if one of the conditions holds.
 *
 * @param conditions none when the statements are always run
 */
record Group(OttlContext context, List<AnyOf.Guarded> conditions, List<Guarded> statements) {

    /** A statement, and what happens when it fails. */
    record Guarded(Statement statement, Failures failures) {}
}
