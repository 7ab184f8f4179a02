package io.lightvessel.gateway.scrape.config;

/** A format that targets can be asked for. */
public enum ScrapeProtocol {
    PROMETHEUS_PROTO(
            "PrometheusProto",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
    OPEN_METRICS_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0"),
    OPEN_METRICS_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
    PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
    PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4");

    private final String label;
    private final String mediaType;

    ScrapeProtocol(String label, String mediaType) {
        this.label = label;
        this.mediaType = mediaType;
    }

    /** The protocol as configs spell it. */
    public String label() {
        return label;
    }

    /** What goes into {@code Accept}, without quality and escaping. */
    public String mediaType() {
        return mediaType;
    }

    public static ScrapeProtocol of(String label) {
        for (ScrapeProtocol protocol : values()) {
            if (protocol.label.equals(label)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("scrape protocol: '" + label + "' (expected: one of those of the schema)");
    }
}
