/** What runs on the node: processes, the code in their memory, and the pods they belong to. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols.process;

import org.jspecify.annotations.NullMarked;
