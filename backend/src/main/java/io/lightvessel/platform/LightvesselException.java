package io.lightvessel.platform;

import java.util.List;

/** A failure with a code, a sentence for people and, for documents, the places at fault. */
public class LightvesselException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode error;
    private final transient List<FieldError> fields;

    public LightvesselException(ErrorCode error, String message) {
        this(error, message, List.of());
    }

    public LightvesselException(ErrorCode error, String message, List<FieldError> fields) {
        super(message);
        this.error = error;
        this.fields = List.copyOf(fields);
    }

    public ErrorCode error() {
        return error;
    }

    public List<FieldError> fields() {
        return fields;
    }
}
