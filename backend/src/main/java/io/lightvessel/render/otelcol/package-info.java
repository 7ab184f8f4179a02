/** OpenTelemetry Collector YAML: the agents' own dialect of it, and what a stock Collector reads. */
@NullMarked
package io.lightvessel.render.otelcol;

import org.jspecify.annotations.NullMarked;
