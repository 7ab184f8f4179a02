package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.Verdict;
import java.util.List;
import java.util.Map;

/** Drops what a condition of its context holds for. */
final class ConditionVisitor implements RequestVisitor {

    private static final int EVENTS = 11;

    private final Telemetry telemetry = new Telemetry();
    private final AnyOf resources;
    private final AnyOf scopes;
    private final AnyOf metrics;
    private final AnyOf items;
    private final AnyOf events;

    ConditionVisitor(Map<OttlContext, List<AnyOf.Guarded>> conditions) {
        resources = new AnyOf(conditions.getOrDefault(OttlContext.RESOURCE, List.of()));
        scopes = new AnyOf(conditions.getOrDefault(OttlContext.SCOPE, List.of()));
        metrics = new AnyOf(conditions.getOrDefault(OttlContext.METRIC, List.of()));
        events = new AnyOf(conditions.getOrDefault(OttlContext.SPANEVENT, List.of()));
        OttlContext item = conditions.containsKey(OttlContext.SPAN)
                ? OttlContext.SPAN
                : conditions.containsKey(OttlContext.LOG) ? OttlContext.LOG : OttlContext.DATAPOINT;
        items = new AnyOf(conditions.getOrDefault(item, List.of()));
    }

    private boolean drops(AnyOf conditions) throws MalformedPayload {
        if (conditions.isEmpty()) {
            return false;
        }
        telemetry.clearCache();
        return conditions.holds(telemetry);
    }

    private boolean looksAtItems() {
        return !items.isEmpty() || !events.isEmpty();
    }

    private static Verdict verdict(boolean drops, boolean goesOn) {
        return drops ? Verdict.DROP : goesOn ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict resource(Message resource) throws MalformedPayload {
        telemetry.resource(resource);
        return verdict(drops(resources), looksAtItems() || !scopes.isEmpty() || !metrics.isEmpty());
    }

    @Override
    public Verdict scope(Message scope) throws MalformedPayload {
        telemetry.scope(scope);
        return verdict(drops(scopes), looksAtItems() || !metrics.isEmpty());
    }

    @Override
    public Verdict metric(Message metric, int dataField, Message data) throws MalformedPayload {
        telemetry.metric(metric, dataField, data);
        return verdict(drops(metrics), looksAtItems());
    }

    @Override
    public Verdict record(Message item) throws MalformedPayload {
        telemetry.item(item);
        if (drops(items)) {
            return Verdict.DROP;
        }
        if (!events.isEmpty()) {
            item.children(EVENTS, MessageType.SPAN_EVENT, this::event);
        }
        return Verdict.KEEP;
    }

    private Verdict event(Message event) throws MalformedPayload {
        telemetry.event(event);
        return verdict(drops(events), false);
    }
}
