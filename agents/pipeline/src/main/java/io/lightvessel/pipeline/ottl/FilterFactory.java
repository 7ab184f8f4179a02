package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.Settings;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.rewrite.RewritingProcessor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes processors that drop telemetry for which a condition holds. */
public final class FilterFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "filter";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        Map<OttlContext, List<AnyOf.Guarded>> conditions = new EnumMap<>(OttlContext.class);
        GroupReader reader = new GroupReader(context, settings);
        switch (context.signal()) {
            case TRACES -> {
                flat(reader, "trace_conditions", conditions);
                Settings traces = settings.section("traces");
                add(reader, traces, "traces::resource", OttlContext.RESOURCE, conditions);
                add(reader, traces, "traces::span", OttlContext.SPAN, conditions);
                add(reader, traces, "traces::spanevent", OttlContext.SPANEVENT, conditions);
            }
            case METRICS -> {
                flat(reader, "metric_conditions", conditions);
                Settings metrics = settings.section("metrics");
                add(reader, metrics, "metrics::resource", OttlContext.RESOURCE, conditions);
                add(reader, metrics, "metrics::metric", OttlContext.METRIC, conditions);
                add(reader, metrics, "metrics::datapoint", OttlContext.DATAPOINT, conditions);
            }
            case LOGS -> {
                flat(reader, "log_conditions", conditions);
                Settings logs = settings.section("logs");
                add(reader, logs, "logs::resource", OttlContext.RESOURCE, conditions);
                add(reader, logs, "logs::log_record", OttlContext.LOG, conditions);
            }
            case PROFILES -> throw new IllegalArgumentException("profiles (expected: traces, metrics or logs)");
        }
        if (conditions.isEmpty()) {
            Consumer next = context.next();
            return Prepared.ready(next::accept);
        }
        Uses uses = new Uses();
        conditions.forEach((own, guarded) -> {
            uses.add(own);
            guarded.forEach(one -> uses.add(one.condition()));
        });
        return Prepared.ready(new RewritingProcessor(
                new StepContext(context, context.next(), filtered(context)),
                uses.levels(),
                DropReason.FILTERED,
                () -> new ConditionVisitor(conditions)));
    }

    private static ComponentMetrics.Counter filtered(ProcessorContext context) {
        String records = switch (context.signal()) {
            case TRACES -> "spans";
            case METRICS -> "datapoints";
            case LOGS, PROFILES -> "logs";
        };
        return context.metrics()
                .counter(
                        "otelcol_processor_filter_" + records + "_filtered",
                        "Records the filter processor dropped.",
                        Map.of());
    }

    private static void flat(GroupReader reader, String key, Map<OttlContext, List<AnyOf.Guarded>> conditions) {
        for (Group group : reader.groups(key)) {
            conditions.computeIfAbsent(group.context(), _ -> new ArrayList<>()).addAll(group.conditions());
        }
    }

    private static void add(
            GroupReader reader,
            Settings section,
            String name,
            OttlContext own,
            Map<OttlContext, List<AnyOf.Guarded>> conditions) {
        String key = name.substring(name.indexOf("::") + 2);
        List<AnyOf.Guarded> read = reader.conditions(section, key, name, own);
        if (!read.isEmpty()) {
            conditions.computeIfAbsent(own, _ -> new ArrayList<>()).addAll(read);
        }
    }
}
