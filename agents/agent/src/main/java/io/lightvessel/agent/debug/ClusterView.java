package io.lightvessel.agent.debug;

import io.lightvessel.gateway.cluster.OwnershipView;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Who belongs to the cluster, and which replica owns which target, has since when, and would next. */
final class ClusterView {
    private final Supplier<List<OwnershipView>> clusters;

    ClusterView(Supplier<List<OwnershipView>> clusters) {
        this.clusters = clusters;
    }

    /** @param withTargets each of them, not only how many there are */
    void write(JsonGenerator json, boolean withTargets) {
        json.writeStartObject();
        json.writeName("clusters");
        json.writeStartArray();
        clusters.get().forEach(view -> cluster(json, view, withTargets));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void cluster(JsonGenerator json, OwnershipView view, boolean withTargets) {
        json.writeStartObject();
        json.writeNumberProperty("view", view.view());
        json.writeNumberProperty("term", view.term());
        json.writeStringProperty("state", view.standing());
        json.writeStringProperty("problem", view.problem());
        json.writeName("replicas");
        json.writeStartArray();
        view.replicas().forEach(replica -> replica(json, replica));
        json.writeEndArray();
        json.writeName("targetCounts");
        json.writeStartObject();
        json.writeNumberProperty("known", view.targets().size());
        json.writeNumberProperty("unowned", count(view, target -> target.owner() == null));
        json.writeNumberProperty("moving", count(view, target -> target.owner() != null && target.movingTo() != null));
        json.writeEndObject();
        if (withTargets) {
            targets(json, view);
        }
        json.writeEndObject();
    }

    private static long count(OwnershipView view, Predicate<OwnershipView.Target> which) {
        return view.targets().stream().filter(which).count();
    }

    private static void targets(JsonGenerator json, OwnershipView view) {
        json.writeName("targets");
        json.writeStartArray();
        view.targets().stream()
                .sorted(Comparator.comparing(
                                (OwnershipView.Target target) -> target.key().pool())
                        .thenComparing(target -> target.key().hash()))
                .forEach(target -> target(json, view, target));
        json.writeEndArray();
    }

    private static void replica(JsonGenerator json, OwnershipView.Replica replica) {
        json.writeStartObject();
        json.writeStringProperty("id", replica.id().toString());
        json.writeStringProperty("name", replica.name());
        json.writeStringProperty("address", replica.address());
        json.writeBooleanProperty("self", replica.self());
        json.writeBooleanProperty("coordinator", replica.coordinator());
        json.writeNumberProperty("targets", replica.targets());
        json.writeNumberProperty("load", replica.load());
        json.writeEndObject();
    }

    private static void target(JsonGenerator json, OwnershipView view, OwnershipView.Target target) {
        json.writeStartObject();
        json.writeStringProperty("pool", target.key().pool());
        // As text, since JavaScript's numbers have fewer bits.
        json.writeStringProperty("hash", String.format("%016x", target.key().hash()));
        name(json, "owner", view, target.owner());
        name(json, "movingTo", view, target.movingTo());
        json.writeStringProperty("since", target.since().toString());
        json.writeNumberProperty("epoch", target.epoch());
        json.writeNumberProperty("cost", target.cost());
        name(json, "ifOwnerLeft", view, target.ifOwnerLeft());
        json.writeEndObject();
    }

    private static void name(JsonGenerator json, String key, OwnershipView view, @Nullable MemberId id) {
        json.writeName(key);
        view.replicas().stream()
                .filter(replica -> replica.id().equals(id))
                .findFirst()
                .ifPresentOrElse(replica -> json.writeString(replica.name()), json::writeNull);
    }
}
