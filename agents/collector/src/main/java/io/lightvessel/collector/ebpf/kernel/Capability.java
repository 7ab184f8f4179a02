package io.lightvessel.collector.ebpf.kernel;

import java.util.EnumSet;
import java.util.Set;

/** The rights of the agent's process that a profiler asks for, by their bit in the kernel's masks. */
enum Capability {
    DAC_READ_SEARCH(2),
    SYS_PTRACE(19),
    SYS_ADMIN(21),
    SYSLOG(34),
    PERFMON(38),
    BPF(39),
    CHECKPOINT_RESTORE(40);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Those of a mask as {@code /proc/PID/status} shows it; SYS_ADMIN stands for PERFMON, BPF and CHECKPOINT_RESTORE. */
    static Set<Capability> of(long mask) {
        Set<Capability> held = EnumSet.noneOf(Capability.class);
        for (Capability capability : values()) {
            if ((mask >>> capability.bit & 1) != 0) {
                held.add(capability);
            }
        }
        if (held.contains(SYS_ADMIN)) {
            held.addAll(Set.of(PERFMON, BPF, CHECKPOINT_RESTORE));
        }
        return held;
    }

    @Override
    public String toString() {
        return "CAP_" + name();
    }
}
