package io.lightvessel.collector.ebpf.symbols;

/**
 * Tells processes apart though their numbers are used again.
 *
 * @param startTime in clock ticks since the machine started, as in {@code /proc/PID/stat}; 0 when it was gone already
 */
public record ProcessIdentity(int pid, long startTime) {}
