package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.gateway.targets.TargetPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The loops of one job: makes them of the targets that are there and that this replica owns. */
final class PprofPool implements TargetPool.Listener, Ownership.Owner {

    /** How a loop of this pool is made. */
    interface Loops {
        PullLoop loop(ProfileTarget target, PullState state, @Nullable Handover handover);
    }

    private final Function<Target, List<ProfileTarget>> profiles;
    private final Loops loops;
    private final Map<TargetKey, List<ProfileTarget>> byTarget = new HashMap<>();
    private final Map<TargetKey, ProfileTarget> known = new HashMap<>();
    private final Map<TargetKey, PullLoop> running = new HashMap<>();
    /** What was taken before it was discovered here. */
    private final Map<TargetKey, @Nullable Handover> early = new HashMap<>();
    /** What a receiver with other settings knew, before this one took its place. */
    private final Map<TargetKey, PullState> inherited = new HashMap<>();

    private boolean stopped;

    PprofPool(Function<Target, List<ProfileTarget>> profiles, Loops loops) {
        this.profiles = profiles;
        this.loops = loops;
    }

    synchronized void inherit(Map<TargetKey, PullState> states) {
        inherited.putAll(states);
    }

    @Override
    public synchronized void changed(Collection<Target> appeared, Collection<Target> vanished) {
        for (Target target : vanished) {
            for (ProfileTarget profile : byTarget.getOrDefault(target.key(), List.of())) {
                known.remove(profile.key());
                PullLoop loop = running.remove(profile.key());
                if (loop != null) {
                    loop.stop();
                }
            }
            byTarget.remove(target.key());
        }
        for (Target target : appeared) {
            List<ProfileTarget> all = profiles.apply(target);
            byTarget.put(target.key(), all);
            for (ProfileTarget profile : all) {
                known.put(profile.key(), profile);
                if (early.containsKey(profile.key())) {
                    start(profile, early.remove(profile.key()));
                }
            }
        }
    }

    /** The share, told of profiles where its user tells of targets. */
    Ownership.Share perProfile(Ownership.Share share) {
        return new Ownership.Share() {
            @Override
            public void discovered(Collection<TargetKey> keys) {
                share.discovered(profilesOf(keys));
            }

            @Override
            public void cost(TargetKey key, long cost) {
                share.cost(key, cost);
            }

            @Override
            public boolean holds(TargetKey key) {
                return share.holds(key);
            }

            @Override
            public void close() {
                share.close();
            }
        };
    }

    private synchronized List<TargetKey> profilesOf(Collection<TargetKey> targets) {
        List<TargetKey> keys = new ArrayList<>();
        for (TargetKey target : targets) {
            for (ProfileTarget profile : byTarget.getOrDefault(target, List.of())) {
                keys.add(profile.key());
            }
        }
        return keys;
    }

    @Override
    public synchronized void take(TargetKey key, @Nullable Handover handover) {
        ProfileTarget profile = known.get(key);
        if (profile == null) {
            early.put(key, handover);
        } else {
            start(profile, handover);
        }
    }

    private void start(ProfileTarget profile, @Nullable Handover handover) {
        if (stopped) {
            return;
        }
        PullState before = inherited.remove(profile.key());
        PullLoop loop = loops.loop(profile, before == null ? PullState.NEW : before, handover);
        PullLoop former = running.put(profile.key(), loop);
        if (former != null) {
            former.stop();
        }
        loop.start();
    }

    @Override
    public CompletionStage<Handover> give(TargetKey key) {
        PullLoop loop;
        Handover untouched;
        synchronized (this) {
            loop = running.remove(key);
            Handover waiting = early.remove(key);
            untouched = waiting == null ? Handovers.NOTHING : waiting;
        }
        return loop == null ? CompletableFuture.completedStage(untouched) : loop.give();
    }

    @Override
    public void lose(TargetKey key) {
        PullLoop loop;
        synchronized (this) {
            early.remove(key);
            loop = running.remove(key);
        }
        if (loop != null) {
            loop.stop();
        }
    }

    synchronized List<PullLoop> running() {
        return List.copyOf(running.values());
    }

    /** Null when it is not pulled here. */
    synchronized @Nullable PullLoop running(TargetKey key) {
        return running.get(key);
    }

    /** How many profiles are known, whoever pulls them. */
    synchronized int size() {
        return known.size();
    }

    /** Stops every loop; what is known of what they pulled. */
    Map<TargetKey, PullState> stop() {
        Map<TargetKey, PullLoop> all;
        synchronized (this) {
            stopped = true;
            all = Map.copyOf(running);
            running.clear();
        }
        Map<TargetKey, PullState> states = new HashMap<>();
        all.forEach((key, loop) -> {
            loop.stop();
            states.put(key, loop.state());
        });
        return states;
    }
}
