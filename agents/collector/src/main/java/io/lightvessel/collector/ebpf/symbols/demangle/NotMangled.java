package io.lightvessel.collector.ebpf.symbols.demangle;

/** Tells that a name is not one of a scheme, or means more than anybody would read. */
final class NotMangled extends Exception {
    private static final long serialVersionUID = 1L;

    NotMangled(String what, int at) {
        // Names of unknown compilers are met again and again, and nobody looks at where they were given up.
        super(what + " at " + at, null, false, false);
    }
}
