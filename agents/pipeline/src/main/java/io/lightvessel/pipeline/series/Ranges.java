package io.lightvessel.pipeline.series;

import java.util.Arrays;

/** Places in a buffer, by absolute indices; reused. */
public final class Ranges {

    private int[] bounds = new int[8];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int from, int to) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        bounds[size++] = from;
        bounds[size++] = to;
    }

    public int count() {
        return size / 2;
    }

    public int from(int range) {
        return bounds[2 * range];
    }

    public int to(int range) {
        return bounds[2 * range + 1];
    }
}
