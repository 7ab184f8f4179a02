package io.lightvessel.collector.ebpf.symbols;

import org.jspecify.annotations.Nullable;

/**
 * What an address in a process turned out to be.
 *
 * @param mapping null when the address is in none that is known
 * @param function what to show: a function, or file and address when its name is not known
 * @param address in the file where there is a mapping of one, else in the process
 */
public record Frame(@Nullable Mapping mapping, String function, long address) {}
