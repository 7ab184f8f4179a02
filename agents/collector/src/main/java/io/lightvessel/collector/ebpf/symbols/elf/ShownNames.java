package io.lightvessel.collector.ebpf.symbols.elf;

import io.lightvessel.collector.ebpf.symbols.demangle.Demangler;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of one file's functions as people read them, kept for those asked for last: hot functions are asked for again and again. */
final class ShownNames {
    private static final int MOST_BYTES = 64 << 10;
    private static final int OVERHEAD = 96;

    private final Map<Integer, String> names = new LinkedHashMap<>(16, 0.75f, true);
    private volatile int bytes;

    /** What was kept for a function, after it was made of its name if there was nothing. Not safe for several threads. */
    String of(int function, String name) {
        if (!name.startsWith("_")) {
            return name;
        }
        String shown = Demangler.demangle(name);
        names.put(function, shown);
        int all = bytes + size(shown);
        Iterator<String> oldest = names.values().iterator();
        while (all > MOST_BYTES && names.size() > 1) {
            all -= size(oldest.next());
            oldest.remove();
        }
        bytes = all;
        return shown;
    }

    /** Null when it is not kept. */
    @Nullable
    String kept(int function) {
        return names.get(function);
    }

    int bytes() {
        return bytes;
    }

    private static int size(String name) {
        return OVERHEAD + 2 * name.length();
    }
}
