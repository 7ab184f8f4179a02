package io.lightvessel.collector.ebpf.recent;

import java.util.HashMap;
import java.util.Map;

/** Makes one text of many equal ones, as far as it remembers them. */
final class Interner {
    private static final int MOST = 50_000;

    private final Map<String, String> known = new HashMap<>();

    String one(String text) {
        if (known.size() >= MOST) {
            known.clear();
        }
        String earlier = known.putIfAbsent(text, text);
        return earlier == null ? text : earlier;
    }
}
