package io.lightvessel.stack.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.stack.Backends;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries backends into fields and out again; headers, which have no field, stay with their backend. */
final class BackendFields {

    private BackendFields() {}

    static void write(TextField field, Backends.@Nullable Http backend) {
        field.setValue(backend == null ? "" : backend.endpoint());
    }

    static void write(TextField field, Checkbox insecure, Backends.@Nullable Grpc backend) {
        field.setValue(backend == null ? "" : backend.endpoint());
        insecure.setValue(backend != null && backend.insecure());
    }

    static Backends.@Nullable Http readHttp(TextField field, Backends.@Nullable Http before) {
        String endpoint = orNull(field);
        return endpoint == null ? null : new Backends.Http(endpoint, before == null ? Map.of() : before.headers());
    }

    static Backends.@Nullable Grpc readGrpc(TextField field, Checkbox insecure, Backends.@Nullable Grpc before) {
        String endpoint = orNull(field);
        return endpoint == null
                ? null
                : new Backends.Grpc(endpoint, insecure.getValue(), before == null ? Map.of() : before.headers());
    }

    static @Nullable String orNull(TextField field) {
        String text = field.getValue().strip();
        return text.isEmpty() ? null : text;
    }
}
