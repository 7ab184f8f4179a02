package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.gateway.relabel.LabelSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups with what became of their targets. A target that several groups have is there once. Used by one thread at a time. */
final class TargetIndex {

    /** Targets that are there and were not, and the other way round. */
    record Change(Collection<Target> appeared, Collection<Target> vanished) {

        boolean isEmpty() {
            return appeared.isEmpty() && vanished.isEmpty();
        }
    }

    /** A group and what became of its targets, in order. */
    private record ResolvedGroup(TargetGroup group, List<Resolution> resolutions) {}

    /** How many groups have a target. */
    private static final class Entry {
        final Target target;
        int count;

        Entry(Target target) {
            this.target = target;
        }
    }

    private final TargetOptions options;
    private final TargetResolver resolver;
    private final Map<PendingGroups.Origin, ResolvedGroup> groups = new LinkedHashMap<>();
    private final Map<TargetKey, Entry> entries = new LinkedHashMap<>();
    /** Those touched by the change at work, as they were before it. */
    private final Map<TargetKey, Optional<Target>> before = new LinkedHashMap<>();

    private int droppedCount;

    TargetIndex(TargetOptions options) {
        this.options = options;
        this.resolver = new TargetResolver(options);
    }

    Change apply(Map<PendingGroups.Origin, TargetGroup> changed) {
        changed.forEach((origin, group) -> {
            ResolvedGroup old = groups.remove(origin);
            if (old != null) {
                old.resolutions().forEach(this::remove);
            }
            if (!group.targets().isEmpty()) {
                groups.put(origin, new ResolvedGroup(group, resolve(group)));
            }
        });
        List<Target> appeared = new ArrayList<>();
        List<Target> vanished = new ArrayList<>();
        before.forEach((key, old) -> {
            Entry now = entries.get(key);
            if (now == null) {
                old.ifPresent(vanished::add);
            } else if (old.isEmpty()) {
                appeared.add(now.target);
            }
        });
        before.clear();
        return new Change(appeared, vanished);
    }

    private List<Resolution> resolve(TargetGroup group) {
        List<Resolution> resolutions = new ArrayList<>(group.targets().size());
        for (Map<String, String> labels : group.targets()) {
            Resolution resolution = resolver.resolve(labels, group.labels());
            add(resolution);
            resolutions.add(resolution);
        }
        return resolutions;
    }

    private void add(Resolution resolution) {
        if (!(resolution instanceof Resolution.Usable(Target target))) {
            droppedCount++;
            return;
        }
        touch(target.key());
        entries.computeIfAbsent(target.key(), _ -> new Entry(target)).count++;
    }

    private void remove(Resolution resolution) {
        if (!(resolution instanceof Resolution.Usable(Target target))) {
            droppedCount--;
            return;
        }
        touch(target.key());
        Entry entry = entries.get(target.key());
        if (entry != null && --entry.count == 0) {
            entries.remove(target.key());
        }
    }

    private void touch(TargetKey key) {
        Entry entry = entries.get(key);
        before.putIfAbsent(key, entry == null ? Optional.empty() : Optional.of(entry.target));
    }

    /** All targets there are. */
    Collection<TargetKey> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Nullable
    Target find(TargetKey key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.target;
    }

    int droppedCount() {
        return droppedCount;
    }

    /** How many a discovery tells of, whatever becomes of them. */
    int targetsOf(int discovery) {
        int count = 0;
        for (Map.Entry<PendingGroups.Origin, ResolvedGroup> group : groups.entrySet()) {
            count += group.getKey().discovery() == discovery
                    ? group.getValue().group().targets().size()
                    : 0;
        }
        return count;
    }

    /** @param discoveries their names */
    List<PoolSnapshot.Active> active(List<String> discoveries) {
        Map<TargetKey, PoolSnapshot.Active> active = new LinkedHashMap<>();
        visit((origin, discovered, resolution) -> {
            if (resolution instanceof Resolution.Usable(Target target)) {
                active.computeIfAbsent(
                        target.key(),
                        _ -> new PoolSnapshot.Active(
                                target, discovered.get(), discoveries.get(origin.discovery()), origin.source()));
            }
        });
        return List.copyOf(active.values());
    }

    /** At most as many as are to be kept. */
    List<PoolSnapshot.Dropped> dropped(List<String> discoveries) {
        List<PoolSnapshot.Dropped> dropped = new ArrayList<>();
        visit((origin, discovered, resolution) -> {
            boolean room = options.keepDroppedTargets() == 0 || dropped.size() < options.keepDroppedTargets();
            if (!room || resolution instanceof Resolution.Usable) {
                return;
            }
            boolean isProblem = resolution instanceof Resolution.Unusable;
            String reason = switch (resolution) {
                case Resolution.Usable _ -> "";
                case Resolution.Dropped rule -> resolver.describe(rule);
                case Resolution.Unusable unusable -> unusable.reason();
            };
            dropped.add(new PoolSnapshot.Dropped(
                    discovered.get(), discoveries.get(origin.discovery()), origin.source(), reason, isProblem));
        });
        return List.copyOf(dropped);
    }

    /** Sees every target that was told of. */
    private interface Visitor {
        void visit(PendingGroups.Origin origin, Discovered discovered, Resolution resolution);
    }

    /** Labels before relabelling, put together only when somebody wants to see them. */
    private interface Discovered {
        LabelSet get();
    }

    private void visit(Visitor visitor) {
        groups.forEach((origin, resolved) -> {
            TargetGroup group = resolved.group();
            for (int i = 0; i < group.targets().size(); i++) {
                Map<String, String> labels = group.targets().get(i);
                visitor.visit(
                        origin,
                        () -> resolver.discovered(labels, group.labels()),
                        resolved.resolutions().get(i));
            }
        });
    }
}
