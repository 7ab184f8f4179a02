/** Profiles every process of a node by what its CPUs were found doing, and sends that on as pprof. */
@NullMarked
package io.lightvessel.collector.ebpf;

import org.jspecify.annotations.NullMarked;
