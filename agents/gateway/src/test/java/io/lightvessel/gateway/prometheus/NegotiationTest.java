package io.lightvessel.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ExtensionTestContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NegotiationTest {
    private final ExtensionTestContext.Clock clock = new ExtensionTestContext.Clock();

    @Test
    void afterARefusalVersion1IsSpokenForAnHour() {
        Negotiation negotiation = new Negotiation(true, clock);
        assertThat(negotiation.protocol()).isEqualTo(Protocol.V2);
        assertThat(negotiation.isSettled()).isFalse();
        assertThat(negotiation.refusedV2()).isTrue();
        assertThat(negotiation.refusedV2()).isFalse();
        assertThat(negotiation.isSettled()).isTrue();
        clock.advance(Duration.ofMinutes(59));
        assertThat(negotiation.protocol()).isEqualTo(Protocol.V1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(negotiation.protocol()).isEqualTo(Protocol.V2);
        assertThat(negotiation.isSettled()).isFalse();
        negotiation.understoodV2();
        assertThat(negotiation.isSettled()).isTrue();
    }

    @Test
    void version1IsSpokenAlwaysWhenTheUserSaysSo() {
        Negotiation negotiation = new Negotiation(false, clock);
        assertThat(negotiation.protocol()).isEqualTo(Protocol.V1);
        assertThat(negotiation.isSettled()).isTrue();
    }
}
