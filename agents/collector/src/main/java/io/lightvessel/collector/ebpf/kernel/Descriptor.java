package io.lightvessel.collector.ebpf.kernel;

/** A file descriptor of the kernel's that is closed once. */
final class Descriptor implements AutoCloseable {
    private final Libc libc;
    private final int number;
    private boolean closed;

    Descriptor(Libc libc, int number) {
        this.libc = libc;
        this.number = number;
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            libc.close(number);
        }
    }
}
