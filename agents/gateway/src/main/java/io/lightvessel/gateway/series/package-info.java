/** Makes OTLP of series that were scraped, by the rules of OpenTelemetry's Prometheus compatibility specification. */
@NullMarked
package io.lightvessel.gateway.series;

import org.jspecify.annotations.NullMarked;
