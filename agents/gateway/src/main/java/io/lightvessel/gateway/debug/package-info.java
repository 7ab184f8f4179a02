/** The exporter that shows telemetry in the agent's own log. */
@NullMarked
package io.lightvessel.gateway.debug;

import org.jspecify.annotations.NullMarked;
