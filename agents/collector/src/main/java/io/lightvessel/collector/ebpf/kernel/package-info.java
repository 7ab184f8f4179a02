/** Talks to the kernel: system calls, a program for its BPF machine, and the rings that samples come in. */
@NullMarked
package io.lightvessel.collector.ebpf.kernel;

import org.jspecify.annotations.NullMarked;
