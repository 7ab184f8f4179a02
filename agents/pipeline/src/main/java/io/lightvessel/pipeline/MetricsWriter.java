package io.lightvessel.pipeline;

import java.io.IOException;

/** Writes the agent's own metrics in Prometheus' text format, under the Collector's names. */
public interface MetricsWriter {

    /** The content type of what is written. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    void writeTo(Appendable out) throws IOException;
}
