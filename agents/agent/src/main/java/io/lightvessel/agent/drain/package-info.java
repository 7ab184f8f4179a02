/** Handing over before the end: the request of a preStop hook and its answer. */
@NullMarked
package io.lightvessel.agent.drain;

import org.jspecify.annotations.NullMarked;
