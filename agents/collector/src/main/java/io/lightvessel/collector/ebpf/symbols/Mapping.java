package io.lightvessel.collector.ebpf.symbols;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a process's memory that holds code.
 *
 * @param start its first address
 * @param end the first address after it
 * @param offset where in the file it begins
 * @param file the file's path as the process sees it, or a name in brackets
 * @param buildId in hexadecimal digits; null when the file has none
 */
public record Mapping(
        long start,
        long end,
        long offset,
        String file,
        @Nullable String buildId) {}
