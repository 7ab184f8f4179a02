package io.lightvessel.collector.ebpf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SurroundingsTest {

    @Test
    void capabilitiesAreBits() {
        assertThat(Capability.of(1L << 39 | 1L << 38)).containsExactlyInAnyOrder(Capability.BPF, Capability.PERFMON);
        assertThat(Capability.of(0)).isEmpty();
    }

    @Test
    void administratorsMayProfileButNotNameTheKernel() {
        assertThat(Capability.of(1L << 21))
                .containsExactlyInAnyOrder(
                        Capability.SYS_ADMIN, Capability.BPF, Capability.PERFMON, Capability.CHECKPOINT_RESTORE);
    }

    @Test
    void otherMachinesAreNamed() {
        assertThat(Architecture.of("Linux", "amd64").bpf()).isEqualTo(321);
        assertThat(Architecture.of("Linux", "aarch64").bpf()).isEqualTo(280);
        assertThatThrownBy(() -> Architecture.of("Linux", "ppc64le"))
                .hasMessage("processor: ppc64le (expected: amd64 or aarch64)");
        assertThatThrownBy(() -> Architecture.of("Mac OS X", "aarch64"))
                .hasMessage("operating system: Mac OS X (expected: Linux)");
    }
}
