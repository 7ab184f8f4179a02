package io.lightvessel.gateway.prometheus;

/** The two versions of remote write, as requests name them. */
enum Protocol {
    V1("0.1.0", "application/x-protobuf"),
    V2("2.0.0", "application/x-protobuf;proto=io.prometheus.write.v2.Request");

    private final String version;
    private final String contentType;

    Protocol(String version, String contentType) {
        this.version = version;
        this.contentType = contentType;
    }

    String version() {
        return version;
    }

    String contentType() {
        return contentType;
    }
}
