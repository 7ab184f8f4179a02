package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.Verdict;
import java.util.List;

/** Runs the groups of one pass. */
final class StatementVisitor implements RequestVisitor {

    private static final int EVENTS = 11;

    private final Telemetry telemetry = new Telemetry();
    private final GroupRun[] resources;
    private final GroupRun[] scopes;
    private final GroupRun[] metrics;
    private final GroupRun[] items;
    private final GroupRun[] events;

    StatementVisitor(List<Group> groups) {
        resources = runs(groups, List.of(OttlContext.RESOURCE));
        scopes = runs(groups, List.of(OttlContext.SCOPE));
        metrics = runs(groups, List.of(OttlContext.METRIC));
        items = runs(groups, List.of(OttlContext.SPAN, OttlContext.LOG, OttlContext.DATAPOINT));
        events = runs(groups, List.of(OttlContext.SPANEVENT));
    }

    private static GroupRun[] runs(List<Group> groups, List<OttlContext> contexts) {
        return groups.stream()
                .filter(group -> contexts.contains(group.context()))
                .map(GroupRun::new)
                .toArray(GroupRun[]::new);
    }

    private boolean hasItems() {
        return items.length + events.length > 0;
    }

    private void run(GroupRun[] groups) throws MalformedPayload {
        if (groups.length > 0) {
            telemetry.clearCache();
        }
        for (GroupRun group : groups) {
            group.run(telemetry);
        }
    }

    @Override
    public Verdict resource(Message resource) throws MalformedPayload {
        telemetry.resource(resource);
        run(resources);
        return hasItems() || scopes.length + metrics.length > 0 ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict scope(Message scope) throws MalformedPayload {
        telemetry.scope(scope);
        run(scopes);
        return hasItems() || metrics.length > 0 ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict metric(Message metric, int dataField, Message data) throws MalformedPayload {
        telemetry.metric(metric, dataField, data);
        run(metrics);
        return hasItems() ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict record(Message item) throws MalformedPayload {
        telemetry.item(item);
        run(items);
        if (events.length > 0) {
            item.children(EVENTS, MessageType.SPAN_EVENT, this::event);
        }
        return Verdict.KEEP;
    }

    private Verdict event(Message event) throws MalformedPayload {
        telemetry.event(event);
        run(events);
        return Verdict.KEEP;
    }
}
