package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.targets.PoolSnapshot;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of each of a job's targets how it is doing. */
final class TargetReport {
    private TargetReport() {}

    static List<TargetSnapshot> of(ScrapeJob job) {
        PoolSnapshot pool = job.pool().snapshot();
        Map<TargetKey, ScrapeLoop> loops = job.loops();
        String name = job.settings().config().jobName();
        List<TargetSnapshot> all = new ArrayList<>();
        for (PoolSnapshot.Active active : pool.active()) {
            Target target = active.target();
            all.add(active(name, active, loops.get(target.key()), job.holds(target.key())));
        }
        for (PoolSnapshot.Dropped dropped : pool.dropped()) {
            Map<String, String> discovered = dropped.discovered().asMap();
            all.add(new TargetSnapshot(
                    name,
                    0,
                    "",
                    Map.of(),
                    discovered,
                    State.DROPPED,
                    dropped.reason(),
                    null,
                    Duration.ZERO,
                    0,
                    null,
                    null,
                    null,
                    null));
        }
        return all;
    }

    private static TargetSnapshot active(
            String job, PoolSnapshot.Active active, @Nullable ScrapeLoop loop, boolean held) {
        Target target = active.target();
        LastScrape last = loop == null ? LastScrape.NONE : loop.scraper().last();
        return new TargetSnapshot(
                job,
                target.key().hash(),
                target.url(),
                target.labels().asMap(),
                active.discovered().asMap(),
                state(loop, last, held),
                last.error(),
                last.began(),
                last.took(),
                last.samples(),
                loop == null ? null : loop.nextSlot(),
                null,
                loop == null ? null : loop.since(),
                null);
    }

    private static State state(@Nullable ScrapeLoop loop, LastScrape last, boolean held) {
        if (loop == null || !held) {
            return State.ELSEWHERE;
        }
        if (last.began() == null) {
            return State.PENDING;
        }
        return last.error().isEmpty() ? State.UP : State.DOWN;
    }
}
