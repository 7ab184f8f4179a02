package io.lightvessel.pipeline.attributes;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.ProcessorFactory;
import io.lightvessel.pipeline.rewrite.Level;
import io.lightvessel.pipeline.rewrite.RewritingProcessor;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes processors that change the attributes of spans, log records and data points. */
public final class AttributesFactory implements ProcessorFactory {

    @Override
    public String type() {
        return "attributes";
    }

    @Override
    public Prepared<Processor> prepare(ProcessorContext context, Settings settings) throws ComponentFailure {
        AttributePlan plan = AttributePlan.of(settings.sections("actions"));
        Signal signal = context.signal();
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (String key : new String[] {"include", "exclude"}) {
            MatchProperties properties = MatchProperties.of(signal, settings, key);
            if (properties != null) {
                levels.addAll(properties.levels());
            }
        }
        return Prepared.ready(new RewritingProcessor(
                context,
                levels,
                DropReason.FILTERED,
                () -> new AttributesVisitor(
                        plan, checked(signal, settings, "include"), checked(signal, settings, "exclude"))));
    }

    private static @Nullable MatchProperties checked(Signal signal, Settings settings, String key) {
        try {
            return MatchProperties.of(signal, settings, key);
        } catch (ComponentFailure e) {
            throw new IllegalStateException(key + " was good a moment ago", e);
        }
    }
}
