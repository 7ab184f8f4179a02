package io.lightvessel.collector.ebpf.kernel;

/** Why a source of samples cannot go on; says what the kernel answered. */
public final class SourceFailure extends Exception {
    private static final long serialVersionUID = 1;

    SourceFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
