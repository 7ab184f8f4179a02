/** Names by address, in few bytes. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols.table;

import org.jspecify.annotations.NullMarked;
