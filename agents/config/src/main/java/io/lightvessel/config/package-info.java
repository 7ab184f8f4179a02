/** The pipeline config dialect: OpenTelemetry Collector YAML, read, checked and typed for agents and control plane alike. */
@NullMarked
package io.lightvessel.config;

import org.jspecify.annotations.NullMarked;
