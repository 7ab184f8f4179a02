package io.lightvessel.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AgentLogTest {
    @Test
    void watchesThatTryAgainDoNotFillTheLog() {
        AgentLog.configure("info");
        Logger watching = Logger.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector");
        assertThat(watching.isLoggable(Level.WARNING)).isFalse();
        assertThat(watching.isLoggable(Level.SEVERE)).isTrue();
        assertThat(Logger.getLogger("io.lightvessel").isLoggable(Level.WARNING)).isTrue();
    }
}
