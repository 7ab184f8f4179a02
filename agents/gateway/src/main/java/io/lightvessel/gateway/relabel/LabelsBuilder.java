package io.lightvessel.gateway.relabel;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Labels that rules are at work on. It belongs to one thread and is used again and again. A label without a value is one that
 * is not there. Labels that were set since the last {@link #reset} come behind those it began with, as in Prometheus, which
 * decides who wins when {@code labelmap} makes one name of two.
 */
public final class LabelsBuilder {

    private String[] names = new String[32];
    private String[] values = new String[32];
    private int size;
    /** How many of the labels, from the front, are those it began with. */
    private int base;

    /** Begins anew without labels. */
    public LabelsBuilder reset() {
        size = 0;
        base = 0;
        return this;
    }

    public LabelsBuilder reset(LabelSet labels) {
        reset();
        for (int i = 0; i < labels.size(); i++) {
            append(labels.name(i), labels.value(i));
        }
        base = size;
        return this;
    }

    public int size() {
        return size;
    }

    public String name(int index) {
        return names[index];
    }

    public String value(int index) {
        return values[index];
    }

    /** The value; empty when there is no such label. */
    public String get(String name) {
        int at = indexOf(name);
        return at < 0 ? "" : values[at];
    }

    /** An empty value takes the label away. */
    public LabelsBuilder set(String name, String value) {
        int at = indexOf(name);
        if (value.isEmpty()) {
            if (at >= 0) {
                removeAt(at);
            }
        } else if (at >= base) {
            values[at] = value;
        } else {
            if (at >= 0) {
                removeAt(at);
            }
            append(name, value);
        }
        return this;
    }

    public void remove(String name) {
        int at = indexOf(name);
        if (at >= 0) {
            removeAt(at);
        }
    }

    /** Takes away labels by their names. */
    public void removeIf(Predicate<String> name) {
        int kept = 0;
        int keptBase = 0;
        for (int i = 0; i < size; i++) {
            if (name.test(names[i])) {
                continue;
            }
            names[kept] = names[i];
            values[kept++] = values[i];
            keptBase += i < base ? 1 : 0;
        }
        size = kept;
        base = keptBase;
    }

    public LabelSet toLabelSet() {
        return toLabelSet(name -> true);
    }

    /** The labels whose names fit. */
    public LabelSet toLabelSet(Predicate<String> name) {
        String[] pairs = new String[size * 2];
        int end = 0;
        for (int i = 0; i < size; i++) {
            if (name.test(names[i])) {
                pairs[end++] = names[i];
                pairs[end++] = values[i];
            }
        }
        return LabelSet.sorted(end == pairs.length ? pairs : Arrays.copyOf(pairs, end));
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void append(String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    private void removeAt(int at) {
        size--;
        System.arraycopy(names, at + 1, names, at, size - at);
        System.arraycopy(values, at + 1, values, at, size - at);
        if (at < base) {
            base--;
        }
    }
}
