package io.lightvessel.gateway.auth;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes headers by name, without regard to case. */
final class Headers {

    private Headers() {}

    static void set(Map<String, String> headers, String name, String value) {
        remove(headers, name);
        headers.put(name, value);
    }

    static void remove(Map<String, String> headers, String name) {
        Iterator<String> names = headers.keySet().iterator();
        while (names.hasNext()) {
            if (names.next().equalsIgnoreCase(name)) {
                names.remove();
            }
        }
    }

    static boolean has(Map<String, String> headers, String name) {
        return headers.keySet().stream().anyMatch(known -> known.equalsIgnoreCase(name));
    }

    /** A value that would break out of its header line is refused, wherever it comes from. */
    static boolean isSafe(@Nullable String value) {
        if (value == null) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F || c > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
