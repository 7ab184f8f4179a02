package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets headers of requests to values that are fixed, kept in files, or came with the telemetry. */
final class HeadersSetter implements ClientAuthenticator {

    /** What happens to a header. */
    enum Action {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE
    }

    /** Where a value comes from; null when there is none for this telemetry, and then nothing changes. */
    @FunctionalInterface
    interface Value {
        @Nullable
        String of(Metadata metadata);
    }

    /** One header's change. */
    record Change(Action action, String name, Value value) {}

    private final @Nullable ClientAuthenticator first;
    private final List<Change> changes;

    HeadersSetter(@Nullable ClientAuthenticator first, List<Change> changes) {
        this.first = first;
        this.changes = List.copyOf(changes);
    }

    @Override
    public void authenticate(Metadata metadata, Map<String, String> headers) throws ComponentFailure {
        if (first != null) {
            first.authenticate(metadata, headers);
        }
        for (Change change : changes) {
            apply(change, metadata, headers);
        }
    }

    private static void apply(Change change, Metadata metadata, Map<String, String> headers) throws ComponentFailure {
        if (change.action() == Action.DELETE) {
            Headers.remove(headers, change.name());
            return;
        }
        String value = change.value().of(metadata);
        if (value == null) {
            return;
        }
        if (!Headers.isSafe(value)) {
            throw new ComponentFailure("the value for the header " + change.name()
                    + " has control characters (expected: one line of text)");
        }
        boolean present = Headers.has(headers, change.name());
        boolean applies = switch (change.action()) {
            case INSERT -> !present;
            case UPDATE -> present;
            case UPSERT -> true;
            case DELETE -> false;
        };
        if (applies) {
            Headers.set(headers, change.name(), value);
        }
    }
}
