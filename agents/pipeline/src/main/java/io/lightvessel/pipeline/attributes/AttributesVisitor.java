package io.lightvessel.pipeline.attributes;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.Verdict;
import org.jspecify.annotations.Nullable;

/** Edits the attributes of every span, log record and data point that is included and not excluded. */
final class AttributesVisitor implements RequestVisitor {

    private final AttributePlan plan;
    private final AttributeEditor editor;
    private final @Nullable MatchProperties include;
    private final @Nullable MatchProperties exclude;
    private boolean resourceExcluded = true;
    private boolean scopeExcluded = true;
    private boolean metricExcluded = true;

    AttributesVisitor(AttributePlan plan, @Nullable MatchProperties include, @Nullable MatchProperties exclude) {
        this.plan = plan;
        this.editor = new AttributeEditor(plan);
        this.include = include;
        this.exclude = exclude;
    }

    @Override
    public void begin(Payload payload) {
        if (plan.usesClient()) {
            editor.client(payload.metadata());
        }
    }

    @Override
    public Verdict resource(Message resource) throws MalformedPayload {
        resourceExcluded = exclude == null || exclude.matchesResource(resource);
        return include == null || include.matchesResource(resource) ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict scope(Message scope) throws MalformedPayload {
        scopeExcluded = exclude == null || exclude.matchesScope(scope);
        return include == null || include.matchesScope(scope) ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict metric(Message metric, int dataField, Message data) throws MalformedPayload {
        metricExcluded = exclude == null || exclude.matchesMetric(metric);
        return include == null || include.matchesMetric(metric) ? Verdict.VISIT : Verdict.KEEP;
    }

    @Override
    public Verdict record(Message item) throws MalformedPayload {
        if (include != null && !include.matchesRecord(item)) {
            return Verdict.KEEP;
        }
        boolean above = resourceExcluded && scopeExcluded && metricExcluded;
        if (exclude != null && above && exclude.matchesRecord(item)) {
            return Verdict.KEEP;
        }
        editor.edit(item);
        return Verdict.KEEP;
    }
}
