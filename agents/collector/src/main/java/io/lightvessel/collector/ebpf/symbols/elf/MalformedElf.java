package io.lightvessel.collector.ebpf.symbols.elf;

/** A file is no ELF file, or not one that is read here. */
final class MalformedElf extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedElf(String message) {
        super(message);
    }
}
