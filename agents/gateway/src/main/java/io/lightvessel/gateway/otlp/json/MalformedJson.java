package io.lightvessel.gateway.otlp.json;

/** Says where a JSON body departs from OTLP, what stood there and what was expected. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
