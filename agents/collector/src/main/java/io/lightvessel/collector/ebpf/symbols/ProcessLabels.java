package io.lightvessel.collector.ebpf.symbols;

import java.util.Map;

/**
 * What a process's profiles are found by.
 *
 * @param values {@code service_name} always; {@code namespace}, {@code pod}, {@code container}, {@code node},
 *     {@code pid} and {@code comm} where they are known
 */
public record ProcessLabels(Map<String, String> values) {
    public ProcessLabels {
        values = Map.copyOf(values);
    }
}
