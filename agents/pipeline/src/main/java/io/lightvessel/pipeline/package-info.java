/** The agent's engine: payloads, the contract between components, and the graph that connects, counts and reloads them. */
@NullMarked
package io.lightvessel.pipeline;

import org.jspecify.annotations.NullMarked;
