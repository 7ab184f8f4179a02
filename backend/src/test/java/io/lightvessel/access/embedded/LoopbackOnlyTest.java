package io.lightvessel.access.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.StartupRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1", "localhost"})
    void addressesOfThisMachineAreServed(String address) {
        assertThatCode(() -> new LoopbackOnly(address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void addressesOthersCanReachAreRefused(String address) {
        assertThatThrownBy(() -> new LoopbackOnly(address))
                .isInstanceOf(StartupRefused.class)
                .hasMessage(
                        "server.address: " + address
                                + " (expected: 127.0.0.1); the embedded sign-in serves this machine"
                                + " only, set lightvessel.oidc.issuer-uri and lightvessel.embedded.enabled=false to serve others.");
    }

    @Test
    void noAddressMeansEveryAddress() {
        assertThatThrownBy(() -> new LoopbackOnly(""))
                .hasMessageStartingWith("server.address: every address (expected");
    }
}
