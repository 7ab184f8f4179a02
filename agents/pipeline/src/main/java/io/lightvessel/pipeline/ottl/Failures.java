package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.LogThrottle;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.rewrite.Unprocessable;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when one statement or condition fails. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final String name;
    private final String source;
    private final ErrorMode mode;
    private final ComponentMetrics.Counter counter;
    private final LogThrottle throttle;

    /** @param name the statement's place in the settings, for example {@code log_statements::0::statements::1} */
    Failures(ProcessorContext context, String name, ErrorMode mode) {
        this.name = name;
        this.source = context.id() + " of " + context.pipeline();
        this.mode = mode;
        this.throttle = new LogThrottle(context.timer());
        this.counter = context.metrics()
                .counter(
                        "lightvessel_processor_statement_errors",
                        "Records a statement or condition could not be run for.",
                        Map.of("statement", name));
    }

    /** Counts, logs or refuses, as the error mode says. */
    void failed(StatementFailure failure) throws Unprocessable {
        counter.add(1);
        if (mode == ErrorMode.PROPAGATE) {
            throw new Unprocessable(DropReason.STATEMENT_FAILED, name + ": " + failure.getMessage());
        }
        if (mode == ErrorMode.IGNORE && throttle.mayLog()) {
            LOG.warn(
                    "processor {}: {}: {}; the record stays as it was, and so do others with the same error",
                    source,
                    name,
                    failure.getMessage());
        }
    }
}
