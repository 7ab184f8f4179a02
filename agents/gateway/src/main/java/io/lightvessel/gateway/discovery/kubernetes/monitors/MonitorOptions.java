package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.Map;

/**
 * What the receiver decides for all monitors.
 *
 * @param endpointSlices whether services are looked up by EndpointSlices unless a monitor says otherwise, or by Endpoints
 * @param fileReferences whether monitors may name files of this process: who may write a monitor can then have the
 *     files sent to where he likes, the service account's token among them
 * @param discovery keys that every {@code kubernetes_sd_configs} gets, such as the API server's address
 */
public record MonitorOptions(boolean endpointSlices, boolean fileReferences, Map<String, Object> discovery) {

    public static final MonitorOptions DEFAULT = new MonitorOptions(true, false, Map.of());
}
