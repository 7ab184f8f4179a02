package io.lightvessel.collector.ebpf.kernel;

import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R0;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R1;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R10;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R2;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R3;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R4;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R6;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R7;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R8;
import static io.lightvessel.collector.ebpf.kernel.BpfAssembler.Register.R9;

/**
 * The program that runs in the kernel at each tick of a CPU's clock: it writes who was running, and both stacks as
 * frame pointers tell them, into a ring, or counts what the ring had no room for.
 */
final class SampleProgram {
    // The layout of a record: ids, name, the bytes of either stack, then the kernel's frames and the process's.
    static final int PID_TGID = 0;
    static final int CGROUP = 8;
    static final int COMM = 16;
    static final int KERNEL_BYTES = 32;
    static final int USER_BYTES = 36;
    static final int FRAMES = 40;

    static final int MAX_STACK_BYTES = Sample.MAX_FRAMES * Long.BYTES;
    /** Where a record is put together; the verifier wants room for two whole stacks. */
    static final int SCRATCH_BYTES = FRAMES + 2 * MAX_STACK_BYTES;

    private static final int USER_STACK = 0x100;
    private static final int NO_WAKEUP = 1;
    private static final int KEY = -4;

    private SampleProgram() {}

    /**
     * @param scratch a map with one value of {@link #SCRATCH_BYTES} for each CPU
     * @param ring the ring buffer
     * @param drops an array with one number
     */
    static byte[] assemble(int scratch, int ring, int drops) {
        BpfAssembler code = new BpfAssembler().move(R6, R1);
        // The idle task and processes of which this pid namespace does not know have no number.
        code.call(BpfHelper.GET_CURRENT_PID_TGID)
                .move(R7, R0)
                .move(R1, R0)
                .shiftRight(R1, 32)
                .jumpIfEqual(R1, 0, "out");
        firstOf(code, scratch).move(R8, R0).storeLong(R8, PID_TGID, R7);
        code.call(BpfHelper.GET_CURRENT_CGROUP_ID).storeLong(R8, CGROUP, R0);
        code.move(R1, R8).add(R1, COMM).move(R2, Sample.COMM_BYTES).call(BpfHelper.GET_CURRENT_COMM);

        code.move(R1, R6).move(R2, R8).add(R2, FRAMES);
        stack(code, 0, "kernel").move(R9, R0).storeWord(R8, KERNEL_BYTES, R9);

        code.move(R1, R6).move(R2, R8).add(R2, FRAMES).add(R2, R9);
        stack(code, USER_STACK, "user").storeWord(R8, USER_BYTES, R0);

        code.move(R3, R9)
                .add(R3, R0)
                .add(R3, FRAMES)
                .loadMap(R1, ring)
                .move(R2, R8)
                .move(R4, NO_WAKEUP)
                .call(BpfHelper.RINGBUF_OUTPUT)
                .jumpIfEqual(R0, 0, "out");
        firstOf(code, drops).move(R1, 1).atomicAdd(R0, 0, R1);
        return code.label("out").move(R0, 0).exit().assemble();
    }

    /** Leaves the address of a map's first value in R0. */
    private static BpfAssembler firstOf(BpfAssembler code, int map) {
        return code.move(R1, 0)
                .storeWord(R10, KEY, R1)
                .loadMap(R1, map)
                .move(R2, R10)
                .add(R2, KEY)
                .call(BpfHelper.MAP_LOOKUP_ELEM)
                .jumpIfEqual(R0, 0, "out");
    }

    /** Leaves the length in R0: a stack that cannot be had, such as that of a kernel thread's process, is empty. */
    private static BpfAssembler stack(BpfAssembler code, int flags, String name) {
        return code.move(R3, MAX_STACK_BYTES)
                .move(R4, flags)
                .call(BpfHelper.GET_STACK)
                .jumpIfNotNegative(R0, name)
                .move(R0, 0)
                .label(name)
                // For the verifier, which does not know how long a stack can be.
                .jumpIfGreater(R0, MAX_STACK_BYTES, "out");
    }
}
