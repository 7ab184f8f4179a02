package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;

/** Makes the processors of one type; every pipeline has its own instance. */
public interface ProcessorFactory {

    /** The type as configs spell it, for example {@code batch}. */
    String type();

    Prepared<Processor> prepare(ProcessorContext context, Settings settings) throws ComponentFailure;
}
