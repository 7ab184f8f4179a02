package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import java.util.List;

/** Makes processors that change the attributes of resources. */
final class ResourceFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "resource";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) {
        List<AttributeChange> changes = settings.sections("attributes").stream()
                .map(AttributeChange::of)
                .toList();
        return Prepared.ready(new ResourceProcessor(context, new ResourceEdit(changes)));
    }
}
