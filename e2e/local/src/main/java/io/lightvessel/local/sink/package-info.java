/**
 * The built-in sink: a receiver for OTLP and remote write that keeps the latest of what arrives and shows counts. It
 * shares no code with the agents, so that what reaches it has left our own implementation.
 */
@NullMarked
package io.lightvessel.local.sink;

import org.jspecify.annotations.NullMarked;
