package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.List;
import java.util.Map;

/**
 * The scrape configs of a monitor.
 *
 * @param jobs one for each of its endpoints, with Prometheus' keys
 * @param notes what of the monitor has no effect here
 */
public record TranslatedMonitor(List<Map<String, Object>> jobs, List<String> notes) {

    public TranslatedMonitor {
        jobs = List.copyOf(jobs);
        notes = List.copyOf(notes);
    }
}
