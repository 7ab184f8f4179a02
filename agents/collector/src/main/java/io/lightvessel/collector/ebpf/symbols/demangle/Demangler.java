package io.lightvessel.collector.ebpf.symbols.demangle;

import java.util.regex.Pattern;

/**
 * Turns names of functions into what programmers wrote: C++ by the Itanium ABI, Rust as it is mangled now and as it was. What it
 * does not understand stays as it is.
 */
public final class Demangler {
    /** What is longer says nothing more to people who look at a graph. */
    static final int LONGEST = 1024;

    private static final Pattern LEGACY_RUST = Pattern.compile("_ZN.*17h[0-9a-f]{16}E(\\..*)?", Pattern.DOTALL);

    private Demangler() {}

    public static String demangle(String name) {
        String shown = name;
        try {
            if (name.startsWith("_R")) {
                shown = RustNames.read(name);
            } else if (name.startsWith("_Z")) {
                shown = LEGACY_RUST.matcher(name).matches() ? LegacyRust.read(name) : CppParser.read(name);
            }
        } catch (NotMangled e) {
            shown = name;
        }
        return cut(shown);
    }

    private static String cut(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return name.substring(0, end) + "…";
    }
}
