package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.ExpositionParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The labels of one series while they are worked out; a label without a value is none. Reused, not shared. */
public final class LabelBuffer implements ExpositionParser.LabelSink {
    public static final String NAME = "__name__";

    private String[] names = new String[32];
    private String[] values = new String[32];
    private int count;
    /** Names that the target wrote without a value. */
    private final List<String> withoutValue = new ArrayList<>(0);

    public void clear() {
        withoutValue.clear();
        Arrays.fill(names, 0, count, null);
        Arrays.fill(values, 0, count, null);
        count = 0;
    }

    public int count() {
        return count;
    }

    public String name(int index) {
        return names[index];
    }

    public String value(int index) {
        return values[index];
    }

    /** Null when there is no such label. */
    public @Nullable String get(String name) {
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public void label(String name, String value) {
        set(name, value);
    }

    @Override
    public void withoutValue(String name) {
        withoutValue.add(name);
    }

    /** Whether the target wrote a label of that name, be it without a value. */
    public boolean isWritten(String name) {
        return indexOf(name) >= 0 || withoutValue.contains(name);
    }

    public void set(String name, String value) {
        int index = indexOf(name);
        if (value.isEmpty()) {
            if (index >= 0) {
                removeAt(index);
            }
        } else if (index >= 0) {
            values[index] = value;
        } else {
            if (count == names.length) {
                names = Arrays.copyOf(names, count * 2);
                values = Arrays.copyOf(values, count * 2);
            }
            names[count] = name;
            values[count++] = value;
        }
    }

    public void remove(String name) {
        int index = indexOf(name);
        if (index >= 0) {
            removeAt(index);
        }
    }

    private void removeAt(int index) {
        count--;
        names[index] = names[count];
        values[index] = values[count];
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < count; i++) {
            action.accept(names[i], values[i]);
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Into the order in which requests have labels: that of their UTF-8 bytes. */
    public void sort() {
        // There are few, and they often come sorted.
        for (int i = 1; i < count; i++) {
            String name = names[i];
            String value = values[i];
            int at = i - 1;
            while (at >= 0 && compare(names[at], name) > 0) {
                names[at + 1] = names[at];
                values[at + 1] = values[at];
                at--;
            }
            names[at + 1] = name;
            values[at + 1] = value;
        }
    }

    /** By code point: UTF-16 alone would put what is beyond the basic plane before some of what is in it. */
    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothPlain = !Character.isSurrogate(x) && !Character.isSurrogate(y);
                boolean neitherPlain = Character.isSurrogate(x) && Character.isSurrogate(y);
                return bothPlain || neitherPlain ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** As Prometheus writes a series, for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String name = get(NAME);
        text.append(name == null ? "" : name).append('{');
        for (int i = 0; i < count; i++) {
            if (!names[i].equals(NAME)) {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                        .append(names[i])
                        .append("=\"")
                        .append(values[i])
                        .append('"');
            }
        }
        return text.append('}').toString();
    }
}
