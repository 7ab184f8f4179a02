package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AgentFilterTest {
    private static final Agent GATEWAY = Agents.agent("gw-eu-1", "gateway");

    private static boolean matches(String filter) {
        return AgentFilter.parse(filter).matches(GATEWAY, "prod-eu");
    }

    @Test
    void everyTermMustHold() {
        assertThat(matches("")).isTrue();
        assertThat(matches("role:gateway cluster:prod-eu")).isTrue();
        assertThat(matches("role:gateway cluster:prod-us")).isFalse();
        assertThat(matches("status:HEALTHY config:in-sync version:0.1.0")).isTrue();
    }

    @Test
    void aStarStandsForAnything() {
        assertThat(matches("cluster:prod-*")).isTrue();
        assertThat(matches("name:*eu*")).isTrue();
        assertThat(matches("name:g*e*1")).isTrue();
        assertThat(matches("name:*x*")).isFalse();
        assertThat(matches("name:gw")).isFalse();
        // Start and end may not share letters.
        assertThat(AgentFilter.parse("name:ab*ba").matches(Agents.agent("aba", "gateway"), ""))
                .isFalse();
    }

    @Test
    void aMinusNegatesAndABareWordIsSearched() {
        assertThat(matches("-role:collector")).isTrue();
        assertThat(matches("-role:gateway")).isFalse();
        assertThat(matches("EU-1")).isTrue();
        assertThat(matches("host-of-gw")).isTrue();
        assertThat(matches("-us-1")).isTrue();
    }

    @Test
    void whatIsNoFilterIsSaid() {
        assertThatThrownBy(() -> AgentFilter.parse("status:great"))
                .hasMessage("status: great (expected: healthy, degraded, down, waiting, unknown)");
        assertThatThrownBy(() -> AgentFilter.parse("role:king"))
                .hasMessage("role: king (expected: gateway, collector or edge)");
        assertThatThrownBy(() -> AgentFilter.parse("name:"))
                .hasMessage("name: nothing (expected: a value after the colon)");
    }
}
