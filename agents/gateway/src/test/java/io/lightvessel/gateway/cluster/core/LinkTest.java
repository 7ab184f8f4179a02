package io.lightvessel.gateway.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final MemberId TO = new MemberId(1, 1);
    private static final long PATIENCE = 500;

    private final List<Long> sent = new ArrayList<>();
    private final Link link = new Link(TO, Message.Channel.REPORTS, 7, PATIENCE, new Sent());

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            link.add(0, new Content.Leave());
        }
    }

    private List<Long> taken() {
        List<Long> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    @Test
    void aFrameThatOthersHaveOvertakenIsSentAgainAtOnce() {
        add(6);
        assertThat(taken()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        link.acknowledged(1, 7, 1);
        link.acknowledged(1, 7, 1);
        link.acknowledged(1, 7, 1);
        assertThat(taken()).as("two may just have been quicker").isEmpty();
        link.acknowledged(1, 7, 1);
        link.acknowledged(1, 7, 1);
        assertThat(taken()).as("once").containsExactly(2L);
        link.acknowledged(2, 7, 6);
        link.tick(10_000);
        assertThat(taken()).isEmpty();
        assertThat(link.isIdle()).isTrue();
    }

    @Test
    void whenNothingIsHeardEverythingIsSentAgain() {
        add(3);
        taken();
        link.tick(PATIENCE - 1);
        assertThat(taken()).isEmpty();
        link.tick(PATIENCE);
        assertThat(taken()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void acknowledgementsOfAnotherSessionDoNotCount() {
        add(2);
        taken();
        for (int i = 0; i < 5; i++) {
            link.acknowledged(1, 6, 0);
        }
        assertThat(taken()).isEmpty();
    }

    /** Notes the numbers of frames. */
    private final class Sent implements Effects {
        @Override
        public void send(MemberId to, Message message) {
            sent.add(((Message.Frame) message).number());
        }

        @Override
        public void take(TargetKey key, Handover handover) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void give(TargetKey key, long epoch) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void drop(TargetKey key) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void lose(TargetKey key) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void lease(long until) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void claim(Arbiter.Claim claim) {
            throw new AssertionError("no link does that");
        }

        @Override
        public void left() {
            throw new AssertionError("no link does that");
        }
    }
}
