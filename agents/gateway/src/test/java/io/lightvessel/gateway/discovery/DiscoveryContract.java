package io.lightvessel.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every discovery has to do, whatever it asks. A discovery's own test extends it. */
public abstract class DiscoveryContract {

    private final List<Discovery> started = new ArrayList<>();
    private final List<Heard> listeners = new ArrayList<>();

    /** A discovery that is not started, of the source that the other methods change. */
    protected abstract Discovery discovery() throws Exception;

    /** Makes the source have so many targets, and tells their addresses. */
    protected abstract Set<String> publish(int targets) throws Exception;

    /** Whether a source can change after the discovery was started. */
    protected boolean changes() {
        return true;
    }

    /** Makes the source unreadable; false when that cannot be. */
    protected boolean breakSource() throws Exception {
        return false;
    }

    /** Undoes {@link #breakSource}. */
    protected void repairSource() throws Exception {
        throw new UnsupportedOperationException("nothing is broken");
    }

    /** Makes discoveries look again that do so only now and then. */
    protected void lookAgain() {
        // Whoever is told of changes needs nothing.
    }

    @AfterEach
    void nobodyWasToldWrongly() {
        started.forEach(Discovery::close);
        assertThat(listeners).allSatisfy(heard -> assertThat(heard.breach()).isNull());
    }

    @Test
    void whatIsThereAtTheBeginningIsTold() throws Exception {
        Set<String> addresses = publish(3);
        Heard heard = start(discovery());
        heard.awaitAddresses(addresses, this::lookAgain);
        assertThat(heard.problem()).isNull();
        for (Map<String, String> labels : heard.targets().values()) {
            assertThat(labels).doesNotContainValue(null).doesNotContainKey("");
        }
    }

    @Test
    void whatComesChangesAndGoesIsTold() throws Exception {
        assumeTrue(changes(), "the source never changes");
        Set<String> first = publish(1);
        Heard heard = start(discovery());
        heard.awaitAddresses(first, this::lookAgain);
        heard.awaitAddresses(publish(3), this::lookAgain);
        heard.awaitAddresses(publish(2), this::lookAgain);
        heard.awaitAddresses(publish(0), this::lookAgain);
        assertThat(heard.sources()).isEmpty();
        heard.awaitAddresses(publish(2), this::lookAgain);
    }

    @Test
    void whatHasNotChangedIsNotToldAgain() throws Exception {
        assumeTrue(changes(), "the source never changes");
        Set<String> addresses = publish(2);
        Heard heard = start(discovery());
        heard.awaitAddresses(addresses, this::lookAgain);
        int told = heard.told();
        Heard other = start(discovery());
        other.awaitAddresses(addresses, this::lookAgain);
        assertThat(heard.told()).isEqualTo(told);
    }

    @Test
    void aBrokenSourceIsAProblemAndKeepsItsTargets() throws Exception {
        Set<String> addresses = publish(2);
        Heard heard = start(discovery());
        heard.awaitAddresses(addresses, this::lookAgain);
        assumeTrue(breakSource(), "the source cannot break");
        heard.await(() -> heard.problem() != null, this::lookAgain);
        assertThat(heard.targets().keySet()).isEqualTo(addresses);
        repairSource();
        Set<String> repaired = publish(1);
        heard.awaitAddresses(repaired, this::lookAgain);
        heard.await(() -> heard.problem() == null, this::lookAgain);
    }

    @Test
    void aSourceThatIsBrokenFromTheBeginningIsLookedAtAgain() throws Exception {
        Set<String> addresses = publish(2);
        assumeTrue(breakSource(), "the source cannot break");
        Heard heard = start(discovery());
        heard.await(() -> heard.problem() != null, this::lookAgain);
        assertThat(heard.targets()).isEmpty();
        repairSource();
        heard.awaitAddresses(addresses, this::lookAgain);
    }

    @Test
    void aClosedDiscoveryTellsNothing() throws Exception {
        Set<String> before = publish(1);
        Discovery discovery = discovery();
        Heard heard = start(discovery);
        heard.awaitAddresses(before, this::lookAgain);
        discovery.close();
        int told = heard.told();
        if (changes()) {
            // Another one that has heard of the change shows that there was time to tell.
            Set<String> after = publish(2);
            start(discovery()).awaitAddresses(after, this::lookAgain);
        }
        assertThat(heard.told()).isEqualTo(told);
    }

    @Test
    void closingTwiceOrBeforeTheStartDoesNoHarm() throws Exception {
        publish(1);
        Discovery never = discovery();
        never.close();
        Discovery twice = discovery();
        start(twice);
        twice.close();
        twice.close();
    }

    private Heard start(Discovery discovery) {
        Heard heard = new Heard();
        started.add(discovery);
        listeners.add(heard);
        discovery.start(heard);
        return heard;
    }
}
