package io.lightvessel.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packed bodies: whatever they say, limit and budget hold and everything is given back. */
class UnpackerFuzzTest {
    private static final int LIMIT = 256 << 10;
    private static final long BUDGET = 200 << 10;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
    void packedBodies(Coding coding) {
        ByteBudget budget = new ByteBudget(BUDGET);
        Fuzz.run(
                coding.name().toLowerCase(Locale.ROOT),
                6000,
                input -> {
                    ByteBudget.Lease lease = budget.tryAcquire(0);
                    try {
                        return "of size " + size(coding, input, lease);
                    } finally {
                        assertThat(budget.used()).isLessThanOrEqualTo(BUDGET);
                        lease.release();
                        assertThat(budget.used()).isZero();
                    }
                },
                CorruptData.class,
                TooLarge.class,
                BudgetSpent.class);
    }

    private static int size(Coding coding, byte[] input, ByteBudget.Lease lease) throws Exception {
        ByteBuf packed = Unpooled.directBuffer(input.length + 1).writeBytes(input);
        try {
            ByteBuf plain = Unpacker.current().unpack(coding, packed, LIMIT, lease, ByteBufAllocator.DEFAULT);
            int size = plain.readableBytes();
            plain.release();
            assertThat(size).isLessThanOrEqualTo((int) Math.min(LIMIT, BUDGET));
            return size;
        } finally {
            assertThat(packed.refCnt()).isEqualTo(1);
            packed.release();
        }
    }
}
