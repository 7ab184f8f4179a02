package io.lightvessel.collector.ebpf.symbols.process;

/**
 * What tells a process from another with the same number.
 *
 * @param startTime in clock ticks since the machine started; 0 when there is no such process
 */
record ProcStat(String comm, long startTime, boolean kernelThread) {
    private static final int FLAGS = 6;
    private static final int START_TIME = 19;
    private static final long KERNEL_THREAD = 0x0020_0000;

    static ProcStat read(ProcFs proc, int pid) {
        String line = proc.text(pid, "stat", 2048);
        int open = line.indexOf('(');
        // A name may hold brackets and spaces itself.
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            return new ProcStat("", 0, false);
        }
        String[] fields = line.substring(close + 1).trim().split(" ");
        if (fields.length <= START_TIME) {
            return new ProcStat("", 0, false);
        }
        return new ProcStat(
                line.substring(open + 1, close),
                Long.parseLong(fields[START_TIME]),
                (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0);
    }
}
