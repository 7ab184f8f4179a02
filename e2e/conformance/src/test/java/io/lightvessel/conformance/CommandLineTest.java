package io.lightvessel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void urlsMayLeaveTheirPortsOut() {
        CommandLine command = CommandLine.parse(List.of("http://localhost/otlp/", "grpcs://[::1]", "--max-body", "20"));

        assertThat(String.valueOf(command.http())).isEqualTo("http://localhost:4318/otlp");
        assertThat(String.valueOf(command.grpc())).isEqualTo("grpcs://[::1]:4317");
        assertThat(command.maxBody()).isEqualTo(20 << 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --json                       | no URL (expected: grpc://HOST:PORT, http://HOST:PORT or both)
            http://a http://b            | URL: http://b (expected: one of each protocol)
            localhost:4318               | URL: localhost:4318 (expected: grpc://HOST:PORT, grpcs://..., http://HOST:PORT or https://...)
            http://a --max-body 0        | --max-body: 0 (expected: 1..127, in MiB)
            http://a --only (            | --only: ( (expected: a regular expression): Unclosed group
            http://a --ca                | --ca: nothing (expected: a value)
            http://a --fast              | unknown option: --fast
            """)
    void wrongCommandLinesSayWhatWasExpected(String arguments, String message) {
        assertThatThrownBy(() -> CommandLine.parse(List.of(arguments.split(" "))))
                .isInstanceOf(UsageError.class)
                .hasMessage(message);
    }

    @Test
    void nobodyListeningIsOneSentence() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(Run.refused("http://127.0.0.1:" + port))
                .isEqualTo("lightvessel conformance: no connection to http://127.0.0.1:" + port + ": Connection refused"
                        + System.lineSeparator());
    }
}
