package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers that nobody reads must not pile up in the agent. */
class SlowReaderTest {

    private static final byte[] REQUEST =
            "GET /v1/logs HTTP/1.1\r\nHost: agent\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aClientThatSendsRequestsWithoutEndAndReadsNoAnswersIsCutOff() throws Exception {
        try (ReceiverKit kit = new ReceiverKit()) {
            try (Socket client = new Socket("127.0.0.1", kit.httpPort())) {
                OutputStream out = client.getOutputStream();
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 2_000_000; i++) {
                                out.write(REQUEST);
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            try (Socket next = new Socket("127.0.0.1", kit.httpPort())) {
                next.getOutputStream().write(REQUEST);
                byte[] answer = new byte[15];
                assertThat(next.getInputStream().readNBytes(answer, 0, answer.length))
                        .isEqualTo(answer.length);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 405 Me");
            }
        }
    }
}
