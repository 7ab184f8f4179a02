package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void countsWhatTheGeneratedClassesCount(Signal signal) {
        for (int seed = 0; seed < 300; seed++) {
            MessageLite request = Fixtures.randomRequest(signal, new Random(seed));
            Payload payload = Fixtures.payload(signal, request);
            assertThat(payload.records()).as("seed %d", seed).isEqualTo(Fixtures.countNaively(signal, request));
            assertThat(payload.size()).isEqualTo(request.getSerializedSize());
            payload.release();
        }
    }

    @Test
    void anEmptyRequestHasNoRecords() {
        Payload payload = Fixtures.payload(Signal.LOGS, Fixtures.logsRequest("shop", 0));
        assertThat(payload.records()).isZero();
        payload.release();
    }

    @Test
    void everyTruncationBelowARecordIsMalformedOrShorter() {
        byte[] whole = Fixtures.logsRequest("shop", 3).toByteArray();
        for (int length = 1; length < whole.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Payload.walk(Signal.LOGS, cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedPayload.class);
            assertThat(cut.refCnt()).as("released").isZero();
        }
    }

    @Test
    void aMalformedRequestGivesItsBudgetBack() {
        ByteBudget budget = new ByteBudget(100);
        ByteBudget.Lease lease = budget.tryAcquire(100);
        assertThatThrownBy(() -> Payload.walk(Signal.LOGS, hex("0A05"), lease)).isInstanceOf(MalformedPayload.class);
        assertThat(budget.used()).isZero();
    }

    @Test
    void messagesSayWhatWasFoundWhereAndWhatWasExpected() {
        assertMalformed("0A05", "length 5 at byte 1 (expected: at most 0)");
        assertMalformed("0AFFFFFFFFFFFFFFFFFF01", "length 18446744073709551615 at byte 1 (expected: at most 0)");
        assertMalformed("0AFFFFFFFF07", "length 2147483647 at byte 1 (expected: at most 0)");
        assertMalformed("FFFFFFFFFFFFFFFFFFFF01", "a number of more than 10 bytes at byte 0 (expected: at most 10)");
        assertMalformed("02", "tag 2 at byte 0 (expected: a field number and a wire type 0..5)");
        assertMalformed("0F", "tag 15 at byte 0 (expected: a field number and a wire type 0..5)");
        assertMalformed("0801", "a resource group of wire type 0 at byte 1 (expected: wire type 2)");
        assertMalformed("0A020801", "a resource of wire type 0 at byte 3 (expected: wire type 2)");
        assertMalformed("0A0412021001", "a record of wire type 0 at byte 5 (expected: wire type 2)");
        assertMalformed("0A06120412020A01", "length 1 at byte 7 (expected: at most 0)");
        assertMalformed("11", "end of message at byte 1 (expected: 8 more bytes)");
        assertMalformed("14", "an end of group at byte 1 (expected: a field)");
        assertMalformed("131C", "end of group 3 at byte 2 (expected: end of group 2)");
        assertMalformed("13", "end of message at byte 1 (expected: a number)");
    }

    @Test
    void groupsAreSkippedButNotToAnyDepth() throws MalformedPayload {
        Payload payload = Payload.walk(Signal.LOGS, hex("1313081414".replace("0814", "080114")));
        assertThat(payload.records()).isZero();
        payload.release();
        assertMalformed("13".repeat(200), "a group 101 deep at byte 101 (expected: at most 100)");
    }

    @Test
    void randomBytesNeverDoAnythingButRefuse() {
        Random random = new Random(7);
        byte[] valid = Fixtures.logsRequest("shop", 5).toByteArray();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = valid.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Signal signal = Signal.values()[random.nextInt(4)];
            try {
                Payload payload = Payload.walk(signal, Unpooled.wrappedBuffer(bytes));
                assertThat(payload.records()).isBetween(0, bytes.length);
                payload.release();
            } catch (MalformedPayload e) {
                assertThat(e.getMessage()).contains(" at byte ").contains("(expected: ");
            }
        }
    }

    @Test
    void theLastReferenceGivesMemoryAndBudgetBack() throws MalformedPayload {
        ByteBudget budget = new ByteBudget(1000);
        ByteBuf bytes = Fixtures.bytes(Fixtures.logsRequest("shop", 2));
        Payload first = Payload.walk(Signal.LOGS, bytes, budget.tryAcquire(400));
        Payload second = Fixtures.logs("other", 1);
        Payload both = Payload.concatenated(List.of(first, second));
        both.retain().release();
        assertThat(budget.used()).isEqualTo(400);
        assertThat(both.records()).isEqualTo(3);
        assertThat(both.receivedBytes()).isEqualTo(both.size());
        both.release();
        assertThat(budget.used()).isZero();
        assertThat(bytes.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
    }

    private static void assertMalformed(String hex, String message) {
        assertThatThrownBy(() -> Payload.walk(Signal.LOGS, hex(hex)))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage(message);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }
}
