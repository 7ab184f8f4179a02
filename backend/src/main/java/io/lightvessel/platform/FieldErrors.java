package io.lightvessel.platform;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
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
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(node.getName());
            }
            Object key = node.getKey();
            if (node.getKind() == ElementKind.CONTAINER_ELEMENT && key != null) {
                pointer.append('/').append(key.toString().replace("~", "~0").replace("/", "~1"));
            } else if (node.getIndex() != null && node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                pointer.append('/').append(node.getIndex());
            }
        }
        String path = violation.getPropertyPath().toString();
        // Cross-field constraints bring their whole sentence.
        String message = violation.getMessage();
        String detail = message.startsWith("expected:")
                ? "%s: %s (%s)".formatted(path, shown(violation.getInvalidValue()), message)
                : message;
        return new FieldError(pointer.toString(), code(violation), detail);
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
