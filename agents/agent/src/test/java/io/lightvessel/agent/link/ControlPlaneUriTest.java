package io.lightvessel.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaneUriTest {
    @ParameterizedTest
    @CsvSource({
        "http://host:8080, ws://host:8080/v1/opamp",
        "HTTPS://host/, wss://host/v1/opamp",
        "ws://host:4320/v1/opamp, ws://host:4320/v1/opamp",
        "wss://host/other?x=%20y, wss://host/other?x=%20y",
        "http://[::1]:8080, ws://[::1]:8080/v1/opamp"
    })
    void addressesAreReadAsPeopleWriteThem(String text, String expected) {
        assertThat(ControlPlaneUri.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:8080", "http://", "http://a b", "file:///x", "http://user:secret@host"})
    void everythingElseIsRefusedWithoutShowingPasswords(String text) {
        assertThatThrownBy(() -> ControlPlaneUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("(expected: http://host:port, https://host:port or ws://host:port/v1/opamp)")
                .hasMessageNotContaining("secret");
    }
}
