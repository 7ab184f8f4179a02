package io.lightvessel.gateway.discovery.kubernetes;

/** The Prometheus operator's resources. */
final class MonitorKinds {

    static final String GROUP = "monitoring.coreos.com";

    private MonitorKinds() {}
}
