package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a stack must fulfil beyond the form of each of its parts. */
@Component
class StackRules {
    private final FieldErrors constraints;

    StackRules(FieldErrors constraints) {
        this.constraints = constraints;
    }

    List<FieldError> errors(StackSpec spec) {
        List<FieldError> found = new ArrayList<>(constraints.find(spec));
        if (!found.isEmpty()) {
            // The rules below read parts that may be missing.
            return found;
        }
        HpaPolicy scaling = spec.gateway().scaling();
        if (scaling.maxReplicas() < scaling.minReplicas()) {
            found.add(error(
                    "/gateway/scaling/maxReplicas",
                    "gateway.scaling.maxReplicas: %d (expected: >= minReplicas %d)"
                            .formatted(scaling.maxReplicas(), scaling.minReplicas())));
        }
        Gateway.Otlp otlp = spec.gateway().otlp();
        if (otlp.grpcPort() == otlp.httpPort()) {
            found.add(error(
                    "/gateway/otlp/httpPort",
                    "gateway.otlp.httpPort: %d (expected: another port than grpcPort)".formatted(otlp.httpPort())));
        }
        Gateway.Batch batch = spec.gateway().batch();
        if (batch.sendBatchMaxSize() != 0 && batch.sendBatchMaxSize() < batch.sendBatchSize()) {
            found.add(error(
                    "/gateway/batch/sendBatchMaxSize",
                    "gateway.batch.sendBatchMaxSize: %d (expected: 0 or >= sendBatchSize %d)"
                            .formatted(batch.sendBatchMaxSize(), batch.sendBatchSize())));
        }
        Backends backends = spec.backends();
        if (backends.metrics() == null && backends.traces() == null && backends.logs() == null) {
            found.add(error("/backends", "backends: nothing (expected: at least one of metrics, traces and logs)"));
        }
        return found;
    }

    List<StackFinding> warnings(StackSpec spec) {
        List<StackFinding> found = new ArrayList<>();
        Backends backends = spec.backends();
        if (backends.metrics() == null) {
            found.add(notReceived("metrics"));
        }
        if (backends.traces() == null) {
            found.add(notReceived("traces"));
        }
        if (backends.logs() == null) {
            found.add(notReceived("logs"));
        }
        if (backends.profiles() != null) {
            found.add(warning("backends.profiles", "agents do not send profiles yet; the address is kept"));
        }
        return found;
    }

    private static StackFinding notReceived(String signal) {
        return warning(
                "backends." + signal, "nothing (expected: an endpoint); until there is one, agents refuse " + signal);
    }

    private static StackFinding warning(String path, String message) {
        return new StackFinding(StackFinding.Severity.WARNING, StackFinding.Source.STACK, path, message);
    }

    private static FieldError error(String pointer, String detail) {
        return new FieldError(pointer, "inconsistent", detail);
    }
}
