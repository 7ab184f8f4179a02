package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        List<FieldError> form = constraints.find(spec);
        if (!form.isEmpty()) {
            // The rules below read parts that may be missing.
            return form;
        }
        Findings found = new Findings();
        HpaPolicy scaling = spec.gateway().scaling();
        if (scaling.maxReplicas() < scaling.minReplicas()) {
            found.error(
                    "/gateway/scaling/maxReplicas",
                    "%d (expected: >= minReplicas %d)".formatted(scaling.maxReplicas(), scaling.minReplicas()));
        }
        ports(spec.gateway().receivers(), found);
        Gateway.Batch batch = spec.gateway().batch();
        if (batch.sendBatchMaxSize() != 0 && batch.sendBatchMaxSize() < batch.sendBatchSize()) {
            found.error(
                    "/gateway/batch/sendBatchMaxSize",
                    "%d (expected: 0 or >= sendBatchSize %d)"
                            .formatted(batch.sendBatchMaxSize(), batch.sendBatchSize()));
        }
        DestinationRules.check(spec.backends(), found);
        ProcessorRules.check(spec, found);
        uniqueJobs("scraping", spec.gateway().scraping().jobs(), found);
        uniqueJobs("profiles", spec.gateway().profiles().jobs(), found);
        return found.all();
    }

    private static void ports(Receivers receivers, Findings found) {
        Map<Integer, String> taken = new HashMap<>();
        port(taken, "otlp/grpcPort", receivers.otlp().grpcPort(), found);
        port(taken, "otlp/httpPort", receivers.otlp().httpPort(), found);
        if (receivers.jaeger().enabled()) {
            port(taken, "jaeger/grpcPort", receivers.jaeger().grpcPort(), found);
            port(taken, "jaeger/thriftHttpPort", receivers.jaeger().thriftHttpPort(), found);
        }
        if (receivers.zipkin().enabled()) {
            port(taken, "zipkin/port", receivers.zipkin().port(), found);
        }
    }

    private static void port(Map<Integer, String> taken, String key, int port, Findings found) {
        String owner = taken.putIfAbsent(port, key);
        if (owner != null) {
            found.error(
                    "/gateway/receivers/" + key,
                    "%d (expected: another port than %s)".formatted(port, owner.replace('/', '.')));
        }
    }

    private static void uniqueJobs(String part, List<StaticJob> jobs, Findings found) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            String name = jobs.get(i).name();
            if (!names.add(name)) {
                found.error(
                        "/gateway/%s/jobs/%d/name".formatted(part, i),
                        "%s (expected: a name that no other job has)".formatted(name));
            }
        }
    }

    List<StackFinding> warnings(StackSpec spec) {
        return StackWarnings.of(spec);
    }
}
