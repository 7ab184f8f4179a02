package io.lightvessel.collector.ebpf.kernel;

/** Functions of the kernel that BPF programs may call, by their number. */
enum BpfHelper {
    MAP_LOOKUP_ELEM(1),
    GET_CURRENT_PID_TGID(14),
    GET_CURRENT_COMM(16),
    GET_STACK(67),
    GET_CURRENT_CGROUP_ID(80),
    RINGBUF_OUTPUT(130);

    private final int number;

    BpfHelper(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
