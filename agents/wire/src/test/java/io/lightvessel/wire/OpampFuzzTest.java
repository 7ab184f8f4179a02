package io.lightvessel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.wire.opamp.AgentToServer;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OpampFuzzTest {
    @Test
    void framesOfAgents() {
        Fuzz.run(
                "opamp-frame",
                5000,
                input -> {
                    AgentToServer message = OpampFrame.decode(ByteBuffer.wrap(input), AgentToServer.parser());
                    assertThat(OpampFrame.decode(ByteBuffer.wrap(OpampFrame.encode(message)), AgentToServer.parser()))
                            .isEqualTo(message);
                    return message.getSerializedSize() % 16;
                },
                FrameException.class);
    }

    @Test
    void signedConfigs() {
        Fuzz.run(
                "signed-config",
                5000,
                input -> {
                    SignedConfig config = SignedConfig.fromJson(input);
                    assertThat(SignedConfig.fromJson(config.toJson())).isEqualTo(config);
                    return config.role().length() % 8;
                },
                IllegalArgumentException.class);
    }
}
