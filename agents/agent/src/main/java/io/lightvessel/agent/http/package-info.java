/** The agent's own HTTP endpoints: health and metrics. */
@NullMarked
package io.lightvessel.agent.http;

import org.jspecify.annotations.NullMarked;
