package io.lightvessel.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.platform.ErrorCode;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.RequestId;
import java.util.List;

/** An error as RFC 9457 has it, with a stable code and the places at fault. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type, String title, int status, String detail, String instance, String code, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(LightvesselException e) {
        return of(e.error(), String.valueOf(e.getMessage()), e.fields());
    }

    public static Problem of(ErrorCode error, String detail, List<FieldError> errors) {
        return of(error.type().status(), error.code(), error.title(), detail, errors);
    }

    static Problem of(int status, String code, String title, String detail, List<FieldError> errors) {
        return new Problem("urn:lightvessel:problem:" + code, title, status, detail, RequestId.current(), code, errors);
    }
}
