/**
 * The OpenTelemetry Transformation Language as far as this agent speaks it: parsed, resolved and type checked, so that
 * what is wrong with a statement is known before it runs.
 */
@NullMarked
package io.lightvessel.config.ottl;

import org.jspecify.annotations.NullMarked;
