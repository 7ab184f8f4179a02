package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Statement;
import io.lightvessel.pipeline.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** One statement, ready to run. */
final class Step {

    private final @Nullable Check where;
    private final Edit edit;
    private final Failures failures;

    Step(Statement statement, Failures failures) {
        this.where = statement.where() == null ? null : Compiler.condition(statement.where());
        this.edit = new EditorCompiler(statement).compile();
        this.failures = failures;
    }

    void run(Telemetry telemetry) throws MalformedPayload {
        try {
            if (where == null || where.holds(telemetry)) {
                edit.run(telemetry);
            }
        } catch (StatementFailure e) {
            failures.failed(e);
        }
    }
}
