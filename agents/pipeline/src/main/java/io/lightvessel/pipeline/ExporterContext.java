package io.lightvessel.pipeline;

/** What an exporter gets from the engine. */
public interface ExporterContext extends ComponentContext {

    /** The agent's name and version, for User-Agent headers. */
    String userAgent();
}
