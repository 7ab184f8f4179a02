package io.lightvessel.pipeline;

/** Says why bytes are no OTLP request, with the offset where reading failed. */
public class MalformedPayload extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPayload(String message) {
        super(message, null, false, false);
    }
}
