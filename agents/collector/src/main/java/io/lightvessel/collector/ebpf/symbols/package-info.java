/** Knows what runs on the node and finds names for the addresses in stacks. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols;

import org.jspecify.annotations.NullMarked;
