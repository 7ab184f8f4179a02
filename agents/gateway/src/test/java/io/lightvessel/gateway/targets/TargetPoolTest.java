package io.lightvessel.gateway.targets;

import static io.lightvessel.gateway.targets.TargetFixtures.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import io.lightvessel.gateway.testing.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetPoolTest {

    private final ManualTimer timer = new ManualTimer();
    private final Told told = new Told();
    private final ToldDiscovery first = new ToldDiscovery();
    private final ToldDiscovery second = new ToldDiscovery();

    @Test
    void whatIsToldAtTheBeginningIsDealtWithAtOnceAndTogether() {
        first.atStart = List.of(group("f", "a:1", "b:1"));
        TargetPool pool = pool(
                TargetFixtures.options(),
                new NamedDiscovery("file", first),
                new NamedDiscovery("static", new StaticDiscovery(List.of(group("0", "c:1")))));
        assertThat(told.changes).containsExactly("+[a:1, b:1, c:1] -[]");
        assertThat(told.keys).hasSize(3);
        assertThat(pool.snapshot().active())
                .extracting(active -> active.target().address() + " " + active.discovery() + " " + active.source())
                .containsExactly("a:1 file f", "b:1 file f", "c:1 static 0");
    }

    @Test
    void aRestlessDiscoveryIsLookedAtEveryFiveSeconds() {
        first.atStart = List.of(group("f", "a:1"));
        pool(TargetFixtures.options(), new NamedDiscovery("file", first), new NamedDiscovery("late", second));
        told.changes.clear();

        first.tell(group("f", "a:1", "b:1"));
        first.tell(group("f", "a:1", "c:1"));
        timer.advance(Duration.ofMillis(4_999));
        assertThat(told.changes).isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(told.changes).containsExactly("+[c:1] -[]");

        // What a discovery tells first does not wait, and takes along what does.
        first.tell(group("f", "a:1"));
        second.tell(group("x", "d:1"));
        assertThat(told.changes).containsExactly("+[c:1] -[]", "+[d:1] -[c:1]");

        timer.advance(Duration.ofSeconds(60));
        first.tell(group("f"));
        assertThat(told.changes).hasSize(3).last().isEqualTo("+[] -[a:1]");
    }

    @Test
    void aTargetOfTwoGroupsIsThereUntilTheLastOneIsGone() {
        first.atStart = List.of(group("f", "a:1", "a:1"), group("g", "a:1"));
        pool(TargetFixtures.options(), new NamedDiscovery("file", first));
        assertThat(told.changes).containsExactly("+[a:1] -[]");

        change(first, group("f"));
        change(first, group("h", "a:1"), group("g"));
        assertThat(told.changes).hasSize(1);
        change(first, group("h"));
        assertThat(told.changes).hasSize(2).last().isEqualTo("+[] -[a:1]");
        assertThat(told.keys).isEmpty();
    }

    @Test
    void groupsOfDifferentDiscoveriesMayHaveTheSameSource() {
        first.atStart = List.of(group("0", "a:1"));
        second.atStart = List.of(group("0", "b:1"));
        pool(TargetFixtures.options(), new NamedDiscovery("x", first), new NamedDiscovery("y", second));
        assertThat(told.changes).containsExactly("+[a:1, b:1] -[]");
    }

    @Test
    void aChangeThatChangesNoTargetIsNotTold() {
        first.atStart = List.of(group("f", "a:1"));
        pool(TargetFixtures.options(), new NamedDiscovery("file", first));
        change(first, group("f", "a:1"));
        assertThat(told.changes).hasSize(1);
        assertThat(told.discovered).isEqualTo(1);
    }

    @Test
    void tooManyTargetsFailTheJobUntilTheyAreFewer() {
        first.atStart = List.of(group("f", "a:1", "b:1", "b:1"));
        TargetPool pool = pool(TargetFixtures.options(NameScheme.UTF8, 1, 0), new NamedDiscovery("file", first));
        assertThat(pool.failure()).contains("target_limit exceeded: 2 targets (expected: at most 1)");
        assertThat(told.keys).hasSize(2);
        change(first, group("f", "b:1"));
        assertThat(pool.failure()).isEmpty();
    }

    @Test
    void whatIsNotScrapedIsShownWithItsReason() {
        first.atStart = List.of(group("f", "a:1", "x/y", "b:1", "c:1"));
        TargetPool pool = pool(
                TargetFixtures.options(NameScheme.UTF8, 0, 2, RelabelRule.drop("[bc].*", "__address__")),
                new NamedDiscovery("file", first));
        PoolSnapshot snapshot = pool.snapshot();
        assertThat(snapshot.active()).hasSize(1);
        assertThat(snapshot.droppedCount()).isEqualTo(3);
        assertThat(snapshot.dropped())
                .extracting(PoolSnapshot.Dropped::reason)
                .containsExactly(
                        "__address__: 'x/y' (expected: host:port, without scheme and path)",
                        "relabel_configs::0 (drop) dropped it");
        assertThat(snapshot.dropped())
                .extracting(PoolSnapshot.Dropped::isProblem)
                .containsExactly(true, false);
        assertThat(snapshot.dropped().getFirst().discovered().get("job")).isEqualTo("node");
        assertThat(snapshot.discoveries())
                .extracting(PoolSnapshot.DiscoveryState::targets)
                .containsExactly(4);
    }

    @Test
    void problemsOfDiscoveriesAreShownAndLeaveTargetsAlone() {
        first.atStart = List.of(group("f", "a:1"));
        TargetPool pool = pool(TargetFixtures.options(), new NamedDiscovery("file", first));
        first.listener().problem("cannot be read");
        assertThat(pool.snapshot().discoveries().getFirst().problem()).contains("cannot be read");
        assertThat(pool.snapshot().active()).hasSize(1);
        first.listener().problem(null);
        assertThat(pool.snapshot().discoveries().getFirst().problem()).isEmpty();
    }

    @Test
    void aClosedPoolTellsNothing() {
        first.atStart = List.of(group("f", "a:1"));
        TargetPool pool = pool(TargetFixtures.options(), new NamedDiscovery("file", first));
        first.tell(group("f"));
        pool.close();
        timer.advance(Duration.ofMinutes(1));
        assertThat(first.closed).isTrue();
        assertThat(told.changes).hasSize(1);
        assertThat(told.keys).hasSize(1);
    }

    private TargetPool pool(TargetOptions options, NamedDiscovery... discoveries) {
        TargetPool pool = new TargetPool(options, List.of(discoveries), timer, Runnable::run);
        pool.start(told, told);
        return pool;
    }

    private void change(ToldDiscovery discovery, TargetGroup... groups) {
        discovery.tell(groups);
        timer.advance(TargetPool.PAUSE);
    }

    /** What pool listeners and the agreement are told. */
    private static final class Told implements TargetPool.Listener, Ownership.Share {
        final List<String> changes = new ArrayList<>();
        Set<TargetKey> keys = Set.of();
        int discovered;

        @Override
        public void changed(Collection<Target> appeared, Collection<Target> vanished) {
            changes.add("+" + addresses(appeared) + " -" + addresses(vanished));
        }

        private static Set<String> addresses(Collection<Target> targets) {
            Set<String> addresses = new TreeSet<>();
            targets.forEach(target -> addresses.add(target.address()));
            return addresses;
        }

        @Override
        public void discovered(Collection<TargetKey> all) {
            keys = Set.copyOf(all);
            discovered++;
        }

        @Override
        public void cost(TargetKey key, long cost) {
            throw new AssertionError("nothing was scraped");
        }

        @Override
        public boolean holds(TargetKey key) {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("the share is not the pool's");
        }
    }

    /** Tells what the test wants it to. */
    private static final class ToldDiscovery implements Discovery {
        List<TargetGroup> atStart = List.of();
        private @Nullable Listener listener;
        boolean closed;

        @Override
        public void start(Listener started) {
            listener = started;
            if (!atStart.isEmpty()) {
                started.changed(atStart);
            }
        }

        Listener listener() {
            return Objects.requireNonNull(listener);
        }

        void tell(TargetGroup... groups) {
            listener().changed(List.of(groups));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
