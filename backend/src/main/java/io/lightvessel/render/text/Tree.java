package io.lightvessel.render.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes maps that keep the order in which they were written. */
public final class Tree {
    private Tree() {}

    public static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
