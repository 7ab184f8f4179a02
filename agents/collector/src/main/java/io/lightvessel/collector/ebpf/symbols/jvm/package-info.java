/** Names of code that was made while a program runs, as JVMs and others write them down when asked. */
@NullMarked
package io.lightvessel.collector.ebpf.symbols.jvm;

import org.jspecify.annotations.NullMarked;
