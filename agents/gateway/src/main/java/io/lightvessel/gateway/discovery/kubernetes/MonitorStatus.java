package io.lightvessel.gateway.discovery.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * What became of a monitor, for people.
 *
 * @param title such as {@code ServiceMonitor shop/cart}
 * @param jobs names of its jobs
 * @param problem why it cannot be used
 * @param notes what of it has no effect
 */
public record MonitorStatus(String title, List<String> jobs, Optional<String> problem, List<String> notes) {}
