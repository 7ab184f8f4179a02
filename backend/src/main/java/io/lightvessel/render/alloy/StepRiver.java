package io.lightvessel.render.alloy;

import io.lightvessel.config.Signal;
import io.lightvessel.render.pipeline.Step;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Sampling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes what a step's component says, but for where it hands records on. */
final class StepRiver {
    private StepRiver() {}

    static void write(RiverBlock block, Step step, Set<Signal> signals) {
        switch (step) {
            case Step.LimitMemory limit -> {
                block.verbatim("check_interval", limit.limit().checkInterval());
                block.number("limit_percentage", limit.limit().limitPercentage());
                block.number("spike_limit_percentage", limit.limit().spikeLimitPercentage());
            }
            case Step.SetAttributes set -> resource(block, set, signals);
            case Step.ChangeAttributes change ->
                change.actions().forEach(action -> block.block("action", one -> action(one, action)));
            case Step.Transform transform -> transform(block, transform.statements());
            case Step.DropIf drop -> filter(block, drop.conditions());
            case Step.Redact redact -> redaction(block, redact.redaction());
            case Step.SampleShare share -> block.set("sampling_percentage", decimal(share.percent()));
            case Step.SampleTail tail -> tail(block, tail.tail());
            case Step.Batch batch -> {
                block.verbatim("timeout", batch.timeout());
                block.number("send_batch_size", batch.size());
                block.number("send_batch_max_size", batch.maxSize());
            }
        }
    }

    private static void resource(RiverBlock block, Step.SetAttributes step, Set<Signal> signals) {
        List<RiverValue> statements = new ArrayList<>();
        step.attributes().entrySet().forEach(attribute -> statements.add(OttlText.set(attribute)));
        block.verbatim("error_mode", "ignore");
        for (Signal signal : signals) {
            block.block(statements(signal), inner -> {
                inner.verbatim("context", "resource");
                inner.set("statements", new RiverValue.Items(statements));
            });
        }
    }

    static String statements(Signal signal) {
        return switch (signal) {
            case TRACES -> "trace_statements";
            case METRICS -> "metric_statements";
            case LOGS -> "log_statements";
            case PROFILES -> throw new IllegalArgumentException("profiles (expected: a signal that has statements)");
        };
    }

    private static void action(RiverBlock block, Processors.AttributeAction action) {
        block.text("key", action.key());
        if (action.value() != null) {
            block.text("value", action.value());
        }
        if (action.fromAttribute() != null) {
            block.text("from_attribute", action.fromAttribute());
        }
        block.verbatim("action", action.action().name().toLowerCase(Locale.ROOT));
    }

    private static void transform(RiverBlock block, Processors.Ottl ottl) {
        block.verbatim("error_mode", "ignore");
        statements(block, Signal.TRACES, "span", ottl.traces());
        statements(block, Signal.METRICS, "datapoint", ottl.metrics());
        statements(block, Signal.LOGS, "log", ottl.logs());
    }

    private static void statements(RiverBlock block, Signal signal, String context, List<String> statements) {
        if (!statements.isEmpty()) {
            block.block(statements(signal), inner -> {
                inner.verbatim("context", context);
                inner.set("statements", texts(statements));
            });
        }
    }

    private static void filter(RiverBlock block, Processors.Ottl ottl) {
        block.verbatim("error_mode", "ignore");
        conditions(block, Signal.TRACES, "span", ottl.traces());
        conditions(block, Signal.METRICS, "datapoint", ottl.metrics());
        conditions(block, Signal.LOGS, "log_record", ottl.logs());
    }

    private static void conditions(RiverBlock block, Signal signal, String context, List<String> conditions) {
        if (!conditions.isEmpty()) {
            block.block(signal.label(), inner -> inner.set(context, texts(conditions)));
        }
    }

    private static void redaction(RiverBlock block, Processors.Redaction redaction) {
        block.flag("allow_all_keys", true);
        block.set("blocked_key_patterns", texts(redaction.blockedKeyPatterns()));
        block.set("blocked_values", texts(redaction.blockedValues()));
        block.set("ignored_keys", texts(redaction.ignoredKeys()));
        block.verbatim("summary", "silent");
    }

    private static void tail(RiverBlock block, Sampling.Tail tail) {
        block.verbatim("decision_wait", tail.decisionWait());
        block.number("num_traces", tail.maxTraces());
        tail.policies().forEach(policy -> block.block("policy", one -> policy(one, policy)));
    }

    private static void policy(RiverBlock block, Sampling.TailPolicy policy) {
        block.verbatim("name", policy.name());
        switch (policy) {
            case Sampling.TailPolicy.Errors _ -> {
                block.verbatim("type", "status_code");
                block.block(
                        "status_code", inner -> inner.set("status_codes", RiverValue.Items.verbatim(List.of("ERROR"))));
            }
            case Sampling.TailPolicy.Slow slow -> {
                block.verbatim("type", "latency");
                block.block("latency", inner -> inner.number("threshold_ms", slow.thresholdMillis()));
            }
            case Sampling.TailPolicy.Share share -> {
                block.verbatim("type", "probabilistic");
                block.block("probabilistic", inner -> inner.set("sampling_percentage", decimal(share.percent())));
            }
            case Sampling.TailPolicy.Attribute attribute -> {
                block.verbatim("type", "string_attribute");
                block.block("string_attribute", inner -> {
                    inner.text("key", attribute.key());
                    inner.set("values", texts(attribute.values()));
                });
            }
            case Sampling.TailPolicy.Rate rate -> {
                block.verbatim("type", "rate_limiting");
                block.block("rate_limiting", inner -> inner.number("spans_per_second", rate.spansPerSecond()));
            }
        }
    }

    private static RiverValue texts(List<String> texts) {
        return new RiverValue.Items(
                texts.stream().<RiverValue>map(RiverValue.Text::new).toList());
    }

    private static RiverValue decimal(double value) {
        return value == Math.rint(value)
                ? new RiverValue.Number((long) value)
                : new RiverValue.Expression(BigDecimal.valueOf(value).toPlainString());
    }
}
