/**
 * The agreement itself, free of sockets, threads and clocks: events and the time go in, messages and calls come out. See
 * the module's RATIONALE for why two replicas never hold the same target.
 */
@NullMarked
package io.lightvessel.gateway.cluster.core;

import org.jspecify.annotations.NullMarked;
