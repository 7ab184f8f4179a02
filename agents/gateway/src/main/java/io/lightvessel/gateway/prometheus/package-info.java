/** OTLP metrics as Prometheus series, and remote write. */
@NullMarked
package io.lightvessel.gateway.prometheus;

import org.jspecify.annotations.NullMarked;
