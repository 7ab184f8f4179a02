package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.targets.PoolSnapshot;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of each of a job's targets how it is doing, whatever is fetched from them. */
public final class TargetReport {

    /**
     * What is done here about a target.
     *
     * @param next when it is to be asked next; null when that is not planned
     * @param since when it was taken
     */
    public record Work(LastScrape last, @Nullable Instant next, Instant since) {}

    private final String job;
    private final Ownership.@Nullable Share share;
    private final List<TargetSnapshot> all = new ArrayList<>();

    /** @param share null before it is joined */
    public TargetReport(String job, Ownership.@Nullable Share share) {
        this.job = job;
        this.share = share;
    }

    public List<TargetSnapshot> all() {
        return all;
    }

    /** @param work null when it is not scraped here */
    public void target(
            TargetKey key, String url, Map<String, String> labels, LabelSet discovered, @Nullable Work work) {
        boolean held = share != null && share.holds(key);
        // One that is still at work without holding the target is cut off, and what it believes is old.
        boolean cutOff = work != null && !held;
        String owner = share == null || cutOff ? null : share.owner(key);
        LastScrape last = work == null ? LastScrape.NONE : work.last();
        all.add(new TargetSnapshot(
                job,
                key.hash(),
                url,
                labels,
                discovered.asMap(),
                held ? state(last) : owner == null ? State.UNOWNED : State.ELSEWHERE,
                last.error(),
                last.began(),
                last.took(),
                last.amount(),
                work == null || !held ? null : work.next(),
                owner,
                work == null || !held ? null : work.since(),
                share == null || cutOff ? null : share.predictedOwner(key)));
    }

    private static State state(LastScrape last) {
        if (last.began() == null) {
            return State.PENDING;
        }
        return last.error().isEmpty() ? State.UP : State.DOWN;
    }

    /** One that no replica scrapes, for a reason that follows from the config. */
    public void dropped(long hash, String url, Map<String, String> labels, LabelSet discovered, String reason) {
        all.add(new TargetSnapshot(
                job,
                hash,
                url,
                labels,
                discovered.asMap(),
                State.DROPPED,
                reason,
                null,
                Duration.ZERO,
                0,
                null,
                null,
                null,
                null));
    }

    /** Those that the pool itself sorted out. */
    public void dropped(Collection<PoolSnapshot.Dropped> targets) {
        targets.forEach(target -> dropped(0, "", Map.of(), target.discovered(), target.reason()));
    }
}
