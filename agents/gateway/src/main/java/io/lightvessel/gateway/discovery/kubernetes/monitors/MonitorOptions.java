package io.lightvessel.gateway.discovery.kubernetes.monitors;

/**
 * What the receiver decides for all monitors.
 *
 * @param endpointSlices whether services are looked up by EndpointSlices unless a monitor says otherwise, or by Endpoints
 * @param fileReferences whether monitors may name files of this process: who may write a monitor can then have the
 *     files sent to where he likes, the service account's token among them
 */
public record MonitorOptions(boolean endpointSlices, boolean fileReferences) {

    public static final MonitorOptions DEFAULT = new MonitorOptions(true, false);
}
