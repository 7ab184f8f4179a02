package io.lightvessel.conformance.cases;

import io.lightvessel.conformance.client.HttpRequest;
import java.nio.charset.StandardCharsets;

/** The two encodings of OTLP/HTTP. */
enum Encoding {
    PROTOBUF(HttpRequest.PROTOBUF),
    JSON(HttpRequest.JSON);

    private final String contentType;

    Encoding(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    String label() {
        return this == JSON ? "json" : "protobuf";
    }

    /** Only protobuf is mandatory. */
    Level levelOfTaking() {
        return this == JSON ? Level.SHOULD : Level.MUST;
    }

    byte[] sample(Signal signal) {
        return this == JSON ? signal.json().getBytes(StandardCharsets.UTF_8) : signal.protobuf();
    }

    /** A request without any telemetry. */
    byte[] empty() {
        return this == JSON ? new byte[] {'{', '}'} : new byte[0];
    }

    /** Bytes that are no request. */
    byte[] garbage() {
        return this == JSON
                ? "{\"resourceSpans\":".getBytes(StandardCharsets.UTF_8)
                : new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    }

    HttpRequest post(Signal signal, byte[] body) {
        return HttpRequest.post(signal.path(), contentType, body);
    }

    /** Skips what is asked of JSON where JSON is not spoken at all. */
    Case.Reason unlessSpoken() {
        return subject -> this == JSON && !subject.takesJson() ? "JSON is not taken here" : "";
    }
}
