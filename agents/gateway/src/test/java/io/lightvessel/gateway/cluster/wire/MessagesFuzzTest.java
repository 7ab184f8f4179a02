package io.lightvessel.gateway.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.cluster.core.Message;
import org.junit.jupiter.api.Test;

class MessagesFuzzTest {
    /** What is read can be written, and read again as the same. */
    @Test
    void messagesOfPeers() {
        Fuzz.run(
                "cluster-message",
                5000,
                input -> {
                    Message message = Messages.read(input);
                    assertThat(Messages.read(Messages.write(message))).isEqualTo(message);
                    return message.getClass().getSimpleName();
                },
                MalformedMessage.class);
    }
}
