package io.lightvessel.collector.ebpf.kernel;

/** A system call that failed, with the number it failed with. */
final class SyscallFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    SyscallFailure(String call, int errno) {
        this(call, errno, "");
    }

    /** @param details what the kernel said besides the number, which may be much */
    SyscallFailure(String call, int errno, String details) {
        super(call + ": " + Errno.name(errno) + (details.isEmpty() ? "" : ": " + details));
        this.errno = errno;
    }

    int errno() {
        return errno;
    }

    /** Whether the caller lacks a right, rather than the kernel an ability. */
    boolean isDenied() {
        return errno == Errno.EPERM || errno == Errno.EACCES;
    }
}
