package io.lightvessel.collector.ebpf.kernel;

import java.util.Locale;

/**
 * The numbers that system calls have on a kind of processor.
 *
 * <p>Those of aarch64 are the kernel's generic ones and have not been tried on such a machine yet.
 */
enum Architecture {
    X86_64(321, 298, 16),
    AARCH64(280, 241, 29);

    private final int bpf;
    private final int perfEventOpen;
    private final int ioctl;

    Architecture(int bpf, int perfEventOpen, int ioctl) {
        this.bpf = bpf;
        this.perfEventOpen = perfEventOpen;
        this.ioctl = ioctl;
    }

    /** @throws UnsupportedOperationException when it is neither of them or no Linux */
    static Architecture of(String os, String arch) {
        if (!os.toLowerCase(Locale.ROOT).equals("linux")) {
            throw new UnsupportedOperationException("operating system: " + os + " (expected: Linux)");
        }
        return switch (arch) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("processor: " + arch + " (expected: amd64 or aarch64)");
        };
    }

    int bpf() {
        return bpf;
    }

    int perfEventOpen() {
        return perfEventOpen;
    }

    int ioctl() {
        return ioctl;
    }
}
