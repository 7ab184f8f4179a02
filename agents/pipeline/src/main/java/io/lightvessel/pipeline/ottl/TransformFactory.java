package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.rewrite.Level;
import io.lightvessel.pipeline.rewrite.RewritingProcessor;
import java.util.List;
import java.util.Set;

/** Makes processors that run statements. */
public final class TransformFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "transform";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        String key = switch (context.signal()) {
            case TRACES -> "trace_statements";
            case METRICS -> "metric_statements";
            case LOGS -> "log_statements";
            case PROFILES -> throw new IllegalArgumentException("profiles (expected: traces, metrics or logs)");
        };
        List<List<Group>> passes = Passes.of(new GroupReader(context, settings).groups(key));
        Consumer next = context.next();
        for (List<Group> pass : passes.reversed()) {
            next = new RewritingProcessor(
                    new StepContext(context, next, _ -> {}),
                    levels(pass),
                    DropReason.FILTERED,
                    () -> new StatementVisitor(pass));
        }
        Consumer first = next;
        return Prepared.ready(first::accept);
    }

    private static Set<Level> levels(List<Group> pass) {
        Uses uses = new Uses();
        for (Group group : pass) {
            uses.add(group.context());
            group.conditions().forEach(guarded -> uses.add(guarded.condition()));
            group.statements().forEach(guarded -> uses.add(guarded.statement()));
        }
        return uses.levels();
    }
}
