package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorReferences;
import io.lightvessel.gateway.discovery.kubernetes.monitors.PendingReferenceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets and ConfigMaps that monitors name, and no others: each is asked for by name, first when it is needed and
 * then now and then, so the right to {@code get} them is enough. On the loop, except for asking.
 */
final class ReferencedObjects implements MonitorReferences {

    private static final int FORBIDDEN = 403;

    private final KubernetesApi api;
    private final Executor loop;
    private final Executor tasks;
    private final Runnable changed;
    private final Map<Holder, State> known = new HashMap<>();
    private final Set<Holder> asking = new HashSet<>();
    private Set<Holder> used = new HashSet<>();

    /** What is known of an object: its values, none when it is not there, or why they may not be read. */
    private record State(
            Map<String, String> values, @Nullable String refused) {}

    /** @param changed called on the loop when a value that was asked for is known or another one */
    ReferencedObjects(KubernetesApi api, Executor loop, Executor tasks, Runnable changed) {
        this.api = api;
        this.loop = loop;
        this.tasks = tasks;
        this.changed = changed;
    }

    @Override
    public Optional<String> value(Reference reference) throws InvalidMonitorException {
        used.add(reference.holder());
        State state = known.get(reference.holder());
        if (state == null) {
            ask(reference.holder());
            throw new PendingReferenceException(reference.holder() + ": not read yet");
        }
        if (state.refused() != null) {
            throw new InvalidMonitorException(state.refused());
        }
        return Optional.ofNullable(state.values().get(reference.key()));
    }

    /** Forgets what nobody used since the last time, and asks for the rest again. */
    void refresh() {
        known.keySet().retainAll(used);
        used.forEach(this::ask);
        used = new HashSet<>(known.keySet());
    }

    private void ask(Holder holder) {
        if (!asking.add(holder)) {
            return;
        }
        api.withClient(client -> tasks.execute(() -> {
            State state = read(client, holder);
            loop.execute(() -> {
                asking.remove(holder);
                if (state != null && !state.equals(known.put(holder, state))) {
                    changed.run();
                }
            });
        }));
    }

    /** Null when the server cannot be asked: what is known stays. */
    private @Nullable State read(KubernetesClient client, Holder holder) {
        try {
            return new State(values(client, holder), null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                String resource = holder.kind() == Kind.SECRET ? "secrets" : "configmaps";
                return new State(
                        Map.of(), holder + ": not allowed (expected: a role with the verb get for " + resource + ")");
            }
            return e.getCode() == 0 ? null : new State(Map.of(), holder + ": " + ApiProblem.reason(e));
        }
    }

    private static Map<String, String> values(KubernetesClient client, Holder holder) {
        Map<String, String> values = new HashMap<>();
        switch (holder.kind()) {
            case SECRET -> {
                Secret secret = client.secrets()
                        .inNamespace(holder.namespace())
                        .withName(holder.name())
                        .get();
                if (secret != null && secret.getData() != null) {
                    secret.getData().forEach((key, value) -> values.put(key, decoded(value)));
                }
            }
            case CONFIG_MAP -> {
                ConfigMap map = client.configMaps()
                        .inNamespace(holder.namespace())
                        .withName(holder.name())
                        .get();
                if (map != null && map.getData() != null) {
                    values.putAll(map.getData());
                }
            }
        }
        return Map.copyOf(values);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The API server guarantees the encoding; without it there is no value.
            return "";
        }
    }
}
