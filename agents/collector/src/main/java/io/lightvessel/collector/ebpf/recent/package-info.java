/** Keeps what was sampled in the last minutes, for people who look at the agent. */
@NullMarked
package io.lightvessel.collector.ebpf.recent;

import org.jspecify.annotations.NullMarked;
