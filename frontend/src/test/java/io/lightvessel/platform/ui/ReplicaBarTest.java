package io.lightvessel.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.stack.HpaPolicy;
import org.junit.jupiter.api.Test;

class ReplicaBarTest {

    private final HpaPolicy policy = HpaPolicy.defaults();

    @Test
    void aCountWithinTheBoundsIsSaidWithThem() {
        assertThat(ReplicaBar.sentence(policy, 3)).isEqualTo("3 gateways are connected, between 2 and 6 are allowed.");
    }

    @Test
    void tooFewTooManyAndNoRoomAreSaid() {
        assertThat(ReplicaBar.sentence(policy, 1)).endsWith("allowed: 1 fewer than the least.");
        assertThat(ReplicaBar.sentence(policy, 6)).endsWith("allowed: no room to grow.");
        assertThat(ReplicaBar.sentence(policy, 8)).endsWith("allowed: 2 more than the most.");
    }

    @Test
    void withoutAutoscalingThereAreNoBounds() {
        HpaPolicy off = new HpaPolicy(false, 2, 6, 70, policy.behavior());
        assertThat(ReplicaBar.sentence(off, 1)).isEqualTo("1 gateway is connected; autoscaling is off.");
    }
}
