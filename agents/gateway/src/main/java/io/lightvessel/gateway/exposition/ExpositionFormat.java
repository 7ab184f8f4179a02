package io.lightvessel.gateway.exposition;

/** What a target's answer may be written in. */
public enum ExpositionFormat {
    PROTOBUF(
            "PrometheusProto",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
    OPEN_METRICS_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0"),
    OPEN_METRICS_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
    TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
    TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4");

    private final String protocol;
    private final String mediaType;

    ExpositionFormat(String protocol, String mediaType) {
        this.protocol = protocol;
        this.mediaType = mediaType;
    }

    /** Its name in {@code scrape_protocols}. */
    public String protocol() {
        return protocol;
    }

    /** What it is called in {@code Accept} and {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }
}
