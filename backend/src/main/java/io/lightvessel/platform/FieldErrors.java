package io.lightvessel.platform;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Payload;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a document's bean constraints; each finding reads {@code path: value (expected: ...)} and has a JSON pointer. */
@Component
public class FieldErrors {
    private static final int SHOWN = 80;

    private final Validator validator;

    /** Put on a constraint of something that may hold a secret: its findings do not repeat the value. */
    public interface Unshown extends Payload {}

    FieldErrors(Validator validator) {
        this.validator = validator;
    }

    /** Throws with everything that is wrong, or returns. */
    public void check(Object document) {
        List<FieldError> found = find(document);
        if (!found.isEmpty()) {
            throw invalid(found);
        }
    }

    public List<FieldError> find(Object document) {
        return validator.validate(document).stream()
                .map(FieldErrors::fieldError)
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::detail))
                .toList();
    }

    public static LightvesselException invalid(List<FieldError> found) {
        String first = found.getFirst().detail();
        return new LightvesselException(
                PlatformError.INVALID_FIELDS,
                found.size() == 1 ? first : first + ", and %d more".formatted(found.size() - 1),
                found);
    }

    private static FieldError fieldError(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        StringBuilder path = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
                path.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                String key = node.getKey().toString();
                pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
                path.append('[').append(key).append(']');
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(node.getName());
                path.append(path.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        boolean secret = violation.getConstraintDescriptor().getPayload().contains(Unshown.class);
        String value = secret ? "(not shown)" : shown(violation.getInvalidValue());
        return new FieldError(
                pointer.toString(), code(violation), "%s: %s (%s)".formatted(path, value, violation.getMessage()));
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = value instanceof Map<?, ?> map ? map.size() + " entries" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String code(ConstraintViolation<?> violation) {
        return violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
