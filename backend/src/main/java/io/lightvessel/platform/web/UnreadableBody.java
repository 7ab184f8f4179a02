package io.lightvessel.platform.web;

import io.lightvessel.platform.FieldError;
import java.util.List;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;

/** Says what is wrong with a body that is no JSON, or not the JSON expected. */
final class UnreadableBody {
    private UnreadableBody() {}

    static String sentence(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof JacksonException json) {
            String pointer = pointer(json);
            return "body%s: %s".formatted(pointer.isEmpty() ? "" : " at " + pointer, json.getOriginalMessage());
        }
        return "body: missing or unreadable (expected: a JSON object)";
    }

    static List<FieldError> fields(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException json && !pointer(json).isEmpty()
                ? List.of(new FieldError(pointer(json), "malformed", json.getOriginalMessage()))
                : List.of();
    }

    private static String pointer(JacksonException e) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            pointer.append('/').append(step.getPropertyName() != null ? step.getPropertyName() : step.getIndex());
        }
        return pointer.toString();
    }
}
