package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is inconsistent in a stack; each is told by its path, in the notation of constraint findings. */
final class Findings {
    private final List<FieldError> found = new ArrayList<>();

    /** @param words such as {@code 9411 (expected: another port than otlp's)} */
    void error(String pointer, String words) {
        String path = pointer.substring(1)
                .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replaceAll("destinations/([^/]+)", "destinations[$1]")
                .replace('/', '.');
        found.add(new FieldError(pointer, "inconsistent", path + ": " + words));
    }

    List<FieldError> all() {
        return found;
    }
}
