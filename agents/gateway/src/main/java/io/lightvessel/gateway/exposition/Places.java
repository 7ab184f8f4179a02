package io.lightvessel.gateway.exposition;

import java.util.Arrays;

/** Where in a body the messages of one repeated field are. */
final class Places {
    private int[] places = new int[32];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Adds the message whose length is read next, and moves past it. */
    void add(WireCursor in) throws MalformedExposition {
        int to = in.past();
        add(to - in.lastLength(), to);
    }

    void add(int from, int to) {
        if (count * 2 == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[count * 2] = from;
        places[count * 2 + 1] = to;
        count++;
    }

    int from(int index) {
        return places[index * 2];
    }

    int to(int index) {
        return places[index * 2 + 1];
    }
}
