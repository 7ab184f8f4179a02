package io.lightvessel.stack.ui;

import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.UsualDestination;
import org.jspecify.annotations.Nullable;

/** Carries the usual destinations into fields and out again; what has no field stays with its destination. */
final class BackendFields {

    private BackendFields() {}

    static void write(TextField field, Backends backends, Signal signal) {
        String endpoint = UsualDestination.endpoint(backends, signal);
        field.setValue(endpoint == null ? "" : endpoint);
    }

    static Backends read(TextField field, Backends before, Signal signal, boolean insecure) {
        String endpoint = orNull(field);
        if (endpoint != null) {
            return UsualDestination.at(before, signal, endpoint, insecure);
        }
        return UsualDestination.endpoint(before, signal) == null
                ? before
                : before.withDestination(signal.pipeline(), null);
    }

    static @Nullable String orNull(TextField field) {
        String text = field.getValue().strip();
        return text.isEmpty() ? null : text;
    }
}
