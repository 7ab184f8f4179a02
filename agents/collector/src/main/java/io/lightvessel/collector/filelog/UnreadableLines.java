package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.LogThrottle;
import io.lightvessel.pipeline.Timer;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts lines that operators could not read, and says so now and then. Belongs to one thread. */
final class UnreadableLines implements Operators.Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableLines.class);

    private final ComponentId receiver;
    private final ComponentMetrics metrics;
    private final LogThrottle throttle;
    private final Map<String, ComponentMetrics.Counter> counters = new HashMap<>();
    private long sinceSaid;

    UnreadableLines(ComponentId receiver, ComponentMetrics metrics, Timer timer) {
        this.receiver = receiver;
        this.metrics = metrics;
        this.throttle = new LogThrottle(timer);
    }

    @Override
    public void unreadable(String operator, boolean dropped, boolean loud) {
        counters.computeIfAbsent(
                        operator,
                        name -> metrics.counter(
                                "otelcol_fileconsumer_unreadable_records",
                                "Lines an operator could not read, and that were sent as they are or dropped",
                                Map.of("operator", name)))
                .add(1);
        if (loud) {
            sinceSaid++;
            if (throttle.mayLog()) {
                LOG.warn(
                        "{}: {} could not read a line, which is {}; {} such lines since this was said last",
                        receiver,
                        operator,
                        dropped ? "dropped" : "sent as it is",
                        sinceSaid);
                sinceSaid = 0;
            }
        }
    }
}
