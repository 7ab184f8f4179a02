/** Names of functions as programmers wrote them, from what compilers of C++ and Rust make of them for linkers. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols.demangle;

import org.jspecify.annotations.NullMarked;
