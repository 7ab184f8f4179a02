package io.lightvessel.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.CustomMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OpampFrameTest {
    private final AgentToServer message = AgentToServer.newBuilder()
            .setSequenceNum(41)
            .setCapabilities(Capabilities.of(AgentCapabilities.AgentCapabilities_ReportsStatus))
            .build();

    @Test
    void frameIsAZeroAndTheMessage() throws Exception {
        byte[] frame = OpampFrame.encode(message);
        assertThat(frame[0]).isZero();
        assertThat(Arrays.copyOfRange(frame, 1, frame.length)).isEqualTo(message.toByteArray());
        assertThat(decode(frame)).isEqualTo(message);
    }

    @Test
    void readOnlyAndDirectBuffersAreRead() throws Exception {
        byte[] frame = OpampFrame.encode(message);
        ByteBuffer direct = ByteBuffer.allocateDirect(frame.length).put(frame).flip();
        assertThat(OpampFrame.decode(direct.asReadOnlyBuffer(), AgentToServer.parser()))
                .isEqualTo(message);
    }

    @Test
    void anotherHeaderIsMalformed() throws Exception {
        byte[] frame = OpampFrame.encode(message);
        frame[0] = 3;
        assertRefused(() -> decode(frame), FrameException.Reason.MALFORMED, "OpAMP frame: header: 3 (expected: 0)");
    }

    @Test
    void emptyFrameIsMalformed() {
        assertThatThrownBy(() -> decode(new byte[0]))
                .isInstanceOf(FrameException.class)
                .hasMessageStartingWith("OpAMP frame: body is no OpAMP message");
    }

    @Test
    void everyTruncationIsMalformedOrShorterButNeverAnotherError() throws Exception {
        byte[] frame = OpampFrame.encode(message.toBuilder()
                .setCustomMessage(CustomMessage.newBuilder().setData(ByteString.copyFromUtf8("some bytes")))
                .build());
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            try {
                assertThat(decode(cut)).isNotNull();
            } catch (FrameException e) {
                assertThat(e.reason()).isEqualTo(FrameException.Reason.MALFORMED);
            }
        }
    }

    @Test
    void randomBytesNeverRaiseAnotherError() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 0;
            }
            try {
                decode(bytes);
            } catch (FrameException e) {
                assertThat(e.reason().closeCode()).isEqualTo(1007);
            }
        }
    }

    @Test
    void textInsteadOfAFrameIsMalformed() {
        assertThatThrownBy(() -> decode("GET / HTTP/1.1\r\n".getBytes(US_ASCII)))
                .isInstanceOf(FrameException.class)
                .hasMessage("OpAMP frame: header: 71 (expected: 0)");
    }

    @Test
    void oversizedMessagesAreRefusedInBothDirections() {
        AgentToServer large = AgentToServer.newBuilder()
                .setCustomMessage(
                        CustomMessage.newBuilder().setData(ByteString.copyFrom(new byte[OpampFrame.MAX_MESSAGE_BYTES])))
                .build();
        assertThatThrownBy(() -> OpampFrame.encode(large))
                .isInstanceOf(FrameException.class)
                .hasMessageEndingWith("(expected: at most 67108864)");
        assertRefused(
                () -> decode(new byte[OpampFrame.MAX_MESSAGE_BYTES + 1]),
                FrameException.Reason.TOO_LARGE,
                "OpAMP message: 67108865 bytes (expected: at most 67108864)");
    }

    private static AgentToServer decode(byte[] frame) throws FrameException {
        return OpampFrame.decode(ByteBuffer.wrap(frame), AgentToServer.parser());
    }

    private static void assertRefused(ThrowingCallable call, FrameException.Reason reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(FrameException.class)
                .hasMessage(message)
                .extracting(e -> ((FrameException) e).reason())
                .isEqualTo(reason);
    }
}
