package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import io.lightvessel.config.ottl.OttlContext;
import java.util.List;
import java.util.Set;

/** The keys of the filter processor. */
final class Filter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "filter",
            Stability.BETA,
            Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS),
            "Drops telemetry for which a condition of the OpenTelemetry Transformation Language holds.",
            keys(
                    choice(
                            "error_mode",
                            List.of("ignore", "silent", "propagate"),
                            "ignore",
                            "When a condition fails: take it as false and log, the same without a log, or refuse the request."),
                    conditions("trace_conditions", Signal.TRACES),
                    conditions("metric_conditions", Signal.METRICS),
                    conditions("log_conditions", Signal.LOGS),
                    section(
                            "traces",
                            keys(
                                    conditions("resource", OttlContext.RESOURCE),
                                    conditions("span", OttlContext.SPAN),
                                    conditions("spanevent", OttlContext.SPANEVENT)),
                            "Conditions by context."),
                    section(
                            "metrics",
                            keys(
                                    conditions("resource", OttlContext.RESOURCE),
                                    conditions("metric", OttlContext.METRIC),
                                    conditions("datapoint", OttlContext.DATAPOINT)),
                            "Conditions by context."),
                    section(
                            "logs",
                            keys(
                                    conditions("resource", OttlContext.RESOURCE),
                                    conditions("log_record", OttlContext.LOG)),
                            "Conditions by context.")),
            ComponentRule.NONE);

    private Filter() {}

    private static KeySchema conditions(String name, Signal signal) {
        return key(
                name,
                new ValueType.Ottl(signal, false),
                null,
                "What is dropped, from the outside in; as keys context, error_mode and conditions, or by themselves.");
    }

    private static KeySchema conditions(String name, OttlContext context) {
        return key(
                name,
                new ValueType.Conditions(context),
                null,
                "Every " + (context == OttlContext.LOG ? "log record" : context.label())
                        + " for which one of these holds is dropped.");
    }
}
