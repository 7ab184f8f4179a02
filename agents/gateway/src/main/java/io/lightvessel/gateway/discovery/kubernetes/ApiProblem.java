package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What keeps a watch from seeing its objects, in a sentence that says what would help. */
final class ApiProblem {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int LONGEST = 300;
    private static final int DEEPEST = 20;

    private ApiProblem() {}

    static String of(WatchKey<?> key, Throwable failure) {
        KubernetesClientException answer = answer(failure);
        int code = answer == null ? 0 : answer.getCode();
        String where = key.where();
        return switch (code) {
            case UNAUTHORIZED -> where + ": the API server does not accept the credentials (401)";
            case FORBIDDEN ->
                where + ": not allowed (expected: a role with the verbs list and watch for the resource "
                        + key.kind().plural() + " of " + group(key) + ")";
            case NOT_FOUND ->
                where + ": the API server does not know the resource"
                        + (key.kind().group().equals(MonitorKinds.GROUP)
                                ? " (expected: the CustomResourceDefinition "
                                        + key.kind().fullName() + ")"
                                : "");
            case GONE -> where + ": the watch was too far behind and begins again";
            default -> where + ": " + reason(failure);
        };
    }

    static String silent(WatchKey<?> key) {
        return key.where() + ": the API server does not answer; targets are as they were";
    }

    /** A failure as text; messages of the client hold addresses but no credentials. */
    static String reason(Throwable failure) {
        Throwable deepest = failure;
        for (int depth = 0; depth < DEEPEST && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String text = message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String group(WatchKey<?> key) {
        return key.kind().group().isEmpty()
                ? "the core API group"
                : "the API group " + key.kind().group();
    }

    private static @Nullable KubernetesClientException answer(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof KubernetesClientException found && found.getCode() > 0) {
                return found;
            }
        }
        return null;
    }
}
