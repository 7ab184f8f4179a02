package io.lightvessel.gateway.pprof.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunzipTest {
    private final Gunzip gunzip = new Gunzip();

    @Test
    void unpacksUpToTheLimitAndNoFurther() throws Exception {
        byte[] plain = new byte[1 << 20];
        new Random(1).nextBytes(plain);
        byte[] packed = TestProfile.gzip(plain);
        gunzip.read(Unpooled.wrappedBuffer(packed), 1 << 20);
        assertThat(Arrays.copyOf(gunzip.array(), gunzip.size())).isEqualTo(plain);
        assertThatThrownBy(() -> gunzip.read(Unpooled.wrappedBuffer(packed), (1 << 20) - 1))
                .isInstanceOf(MalformedProfile.class)
                .hasMessageContaining("more than 1048575 bytes");
    }

    @Test
    void bombTakesNoMoreMemoryThanTheLimit() {
        byte[] bomb = TestProfile.gzip(new byte[64 << 20]);
        assertThatThrownBy(() -> gunzip.read(Unpooled.wrappedBuffer(bomb), 1 << 20))
                .isInstanceOf(MalformedProfile.class);
        assertThat(gunzip.array().length).isLessThanOrEqualTo((1 << 20) + 1);
    }

    @Test
    void memoryIsPaidForBeforeItIsTaken() throws Exception {
        byte[] packed = TestProfile.gzip(new byte[3 << 20]);
        ByteBudget budget = new ByteBudget(2 << 20);
        ByteBudget.Lease lease = budget.tryAcquire(packed.length);
        assertThatThrownBy(() -> gunzip.read(Unpooled.wrappedBuffer(packed), 8 << 20, lease))
                .isInstanceOf(BudgetSpent.class);
        assertThat(gunzip.array().length).isLessThanOrEqualTo(2 << 20);
        lease.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatIsCutOffOrDamagedIsSaid() {
        byte[] packed = TestProfile.gzip(new byte[1000]);
        assertThatThrownBy(() -> gunzip.read(Unpooled.wrappedBuffer(packed, 0, packed.length - 3), 1 << 20))
                .isInstanceOf(MalformedProfile.class)
                .hasMessageStartingWith("damaged gzip: ");
        packed[packed.length - 6] ^= 1;
        assertThatThrownBy(() -> gunzip.read(Unpooled.wrappedBuffer(packed), 1 << 20))
                .hasMessageContaining("CRC-32");
    }
}
