package io.lightvessel.gateway.relabel;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels that do not change any more, sorted by name as Prometheus sorts them. */
public final class LabelSet {

    public static final LabelSet EMPTY = new LabelSet(new String[0]);

    /** Name, value, name, value. */
    private final String[] pairs;

    private LabelSet(String[] pairs) {
        this.pairs = pairs;
    }

    /** Labels without a value are left out, for Prometheus does not tell them from labels that are not there. */
    public static LabelSet of(Map<String, String> labels) {
        String[] pairs = new String[labels.size() * 2];
        int size = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!label.getValue().isEmpty()) {
                pairs[size++] = label.getKey();
                pairs[size++] = label.getValue();
            }
        }
        return sorted(Arrays.copyOf(pairs, size));
    }

    /** @param pairs names with their values, each name once, which then belong to the set */
    static LabelSet sorted(String[] pairs) {
        for (int i = 2; i < pairs.length; i += 2) {
            String name = pairs[i];
            String value = pairs[i + 1];
            int to = i;
            while (to > 0 && Unicode.compare(pairs[to - 2], name) > 0) {
                pairs[to] = pairs[to - 2];
                pairs[to + 1] = pairs[to - 1];
                to -= 2;
            }
            pairs[to] = name;
            pairs[to + 1] = value;
        }
        return pairs.length == 0 ? EMPTY : new LabelSet(pairs);
    }

    public int size() {
        return pairs.length / 2;
    }

    public String name(int index) {
        return pairs[index * 2];
    }

    public String value(int index) {
        return pairs[index * 2 + 1];
    }

    /** The value; empty when there is no such label. */
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /** In the order of the names. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSet set && Arrays.equals(set.pairs, pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    /** As Prometheus prints it: {@code {a="1", b="2"}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(pairs[i]).append("=\"").append(pairs[i + 1]);
            text.append('"');
        }
        return text.append('}').toString();
    }
}
