package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.config.Signal;
import io.lightvessel.render.pipeline.Step;
import io.lightvessel.render.text.Placeholders;
import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes steps as processors. */
final class ProcessorYaml {
    private ProcessorYaml() {}

    /** The type of the processor that does a step. */
    static String type(Step step) {
        return switch (step) {
            case Step.LimitMemory _ -> "memory_limiter";
            case Step.SetAttributes _ -> "resource";
            case Step.ChangeAttributes _ -> "attributes";
            case Step.Transform _ -> "transform";
            case Step.DropIf _ -> "filter";
            case Step.Redact _ -> "redaction";
            case Step.SampleShare _ -> "probabilistic_sampler";
            case Step.SampleTail _ -> "tail_sampling";
            case Step.Batch _ -> "batch";
        };
    }

    static Map<String, Object> settings(Step step) {
        return switch (step) {
            case Step.LimitMemory limit ->
                Tree.of(
                        "check_interval", limit.limit().checkInterval(),
                        "limit_percentage", limit.limit().limitPercentage(),
                        "spike_limit_percentage", limit.limit().spikeLimitPercentage());
            case Step.SetAttributes set -> resource(set);
            case Step.ChangeAttributes change ->
                Tree.of(
                        "actions",
                        change.actions().stream().map(ProcessorYaml::action).toList());
            case Step.Transform transform -> transform(transform.statements());
            case Step.DropIf drop -> filter(drop.conditions());
            case Step.Redact redact -> redaction(redact.redaction());
            case Step.SampleShare share -> Tree.of("sampling_percentage", number(share.percent()));
            case Step.SampleTail tail -> tail(tail.tail());
            case Step.Batch batch ->
                Tree.of(
                        "timeout",
                        batch.timeout(),
                        "send_batch_size",
                        batch.size(),
                        "send_batch_max_size",
                        batch.maxSize());
        };
    }

    private static Map<String, Object> resource(Step.SetAttributes step) {
        List<Object> actions = new ArrayList<>();
        step.attributes()
                .forEach((key, value) ->
                        actions.add(Tree.of("key", escaped(key), "value", escaped(value), "action", "upsert")));
        return Tree.of("attributes", actions);
    }

    private static Map<String, Object> action(Processors.AttributeAction action) {
        Map<String, Object> settings = Tree.of("key", escaped(action.key()));
        if (action.value() != null) {
            settings.put("value", escaped(action.value()));
        }
        if (action.fromAttribute() != null) {
            settings.put("from_attribute", escaped(action.fromAttribute()));
        }
        settings.put("action", action.action().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    private static Map<String, Object> transform(Processors.Ottl ottl) {
        Map<String, Object> settings = Tree.of("error_mode", "ignore");
        statements(settings, "trace_statements", "span", ottl.traces());
        statements(settings, "metric_statements", "datapoint", ottl.metrics());
        statements(settings, "log_statements", "log", ottl.logs());
        return settings;
    }

    private static void statements(Map<String, Object> settings, String key, String context, List<String> statements) {
        if (!statements.isEmpty()) {
            settings.put(key, List.of(Tree.of("context", context, "statements", escapedAll(statements))));
        }
    }

    private static Map<String, Object> filter(Processors.Ottl ottl) {
        Map<String, Object> settings = Tree.of("error_mode", "ignore");
        conditions(settings, Signal.TRACES, "span", ottl.traces());
        conditions(settings, Signal.METRICS, "datapoint", ottl.metrics());
        conditions(settings, Signal.LOGS, "log_record", ottl.logs());
        return settings;
    }

    private static void conditions(
            Map<String, Object> settings, Signal signal, String context, List<String> conditions) {
        if (!conditions.isEmpty()) {
            settings.put(signal.label(), Tree.of(context, escapedAll(conditions)));
        }
    }

    private static Map<String, Object> redaction(Processors.Redaction redaction) {
        return Tree.of(
                "allow_all_keys",
                true,
                "blocked_key_patterns",
                escapedAll(redaction.blockedKeyPatterns()),
                "blocked_values",
                escapedAll(redaction.blockedValues()),
                "ignored_keys",
                escapedAll(redaction.ignoredKeys()),
                "summary",
                "silent");
    }

    private static Map<String, Object> tail(Sampling.Tail tail) {
        return Tree.of(
                "decision_wait",
                tail.decisionWait(),
                "num_traces",
                tail.maxTraces(),
                "policies",
                tail.policies().stream().map(ProcessorYaml::policy).toList());
    }

    private static Map<String, Object> policy(Sampling.TailPolicy policy) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", policy.name());
        switch (policy) {
            case Sampling.TailPolicy.Errors _ -> {
                settings.put("type", "status_code");
                settings.put("status_code", Tree.of("status_codes", List.of("ERROR")));
            }
            case Sampling.TailPolicy.Slow slow -> {
                settings.put("type", "latency");
                settings.put("latency", Tree.of("threshold_ms", slow.thresholdMillis()));
            }
            case Sampling.TailPolicy.Share share -> {
                settings.put("type", "probabilistic");
                settings.put("probabilistic", Tree.of("sampling_percentage", number(share.percent())));
            }
            case Sampling.TailPolicy.Attribute attribute -> {
                settings.put("type", "string_attribute");
                settings.put(
                        "string_attribute",
                        Tree.of("key", escaped(attribute.key()), "values", escapedAll(attribute.values())));
            }
            case Sampling.TailPolicy.Rate rate -> {
                settings.put("type", "rate_limiting");
                settings.put("rate_limiting", Tree.of("spans_per_second", rate.spansPerSecond()));
            }
        }
        return settings;
    }

    /** Whole numbers are written as such, so that a share reads as it was typed. */
    private static Object number(double value) {
        return value == Math.rint(value) ? (Object) (long) value : (Object) value;
    }

    private static List<String> escapedAll(List<String> texts) {
        return texts.stream().map(Placeholders::escaped).toList();
    }
}
