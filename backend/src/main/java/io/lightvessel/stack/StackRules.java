package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        if (backends.metrics() == null
                && backends.traces() == null
                && backends.logs() == null
                && backends.profiles() == null) {
            found.add(error(
                    "/backends", "backends: nothing (expected: at least one of metrics, traces, logs and profiles)"));
        }
        uniqueJobs("scraping", spec.gateway().scraping().jobs(), found);
        uniqueJobs("profiles", spec.gateway().profiles().jobs(), found);
        return found;
    }

    private static void uniqueJobs(String part, List<StaticJob> jobs, List<FieldError> found) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            String name = jobs.get(i).name();
            if (!names.add(name)) {
                found.add(error(
                        "/gateway/%s/jobs/%d/name".formatted(part, i),
                        "gateway.%s.jobs[%d].name: %s (expected: a name that no other job has)"
                                .formatted(part, i, name)));
            }
        }
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
        Gateway gateway = spec.gateway();
        if (gateway.scraping().hasTargets() && backends.metrics() == null) {
            found.add(warning(
                    "gateway.scraping",
                    "targets, and no backend for metrics (expected: backends.metrics); nothing is scraped"));
        }
        if (gateway.profiles().hasTargets() && backends.profiles() == null) {
            found.add(warning(
                    "gateway.profiles",
                    "targets, and no backend for profiles (expected: backends.profiles); nothing is pulled"));
        }
        boolean fetches = gateway.scraping().hasTargets() || gateway.profiles().hasTargets();
        if (fetches && !gateway.clustering().enabled() && gateway.scaling().maxReplicas() > 1) {
            found.add(warning(
                    "gateway.clustering.enabled",
                    "false with up to %d replicas (expected: true); every replica scrapes every target"
                            .formatted(gateway.scaling().maxReplicas())));
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
