/** A busy node to profile, and what is read of the agent that profiles it. */
@NullMarked
package io.lightvessel.bench.ebpf;

import org.jspecify.annotations.NullMarked;
