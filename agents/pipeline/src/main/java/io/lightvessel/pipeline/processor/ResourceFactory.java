package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.attributes.AttributePlan;
import io.lightvessel.pipeline.attributes.ResourceEditor;

/** Makes processors that change the attributes of resources. */
final class ResourceFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "resource";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        AttributePlan plan = AttributePlan.of(settings.sections("attributes"));
        return Prepared.ready(new ResourceProcessor(context, new ResourceEditor(plan)));
    }
}
