package io.lightvessel.gateway.cluster.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Cuts lists to what one frame may carry. */
final class Chunks {

    private Chunks() {}

    static <T> void of(Collection<T> all, Consumer<List<T>> each) {
        List<T> chunk = new ArrayList<>(Math.min(all.size(), Content.MAX_ENTRIES));
        for (T entry : all) {
            chunk.add(entry);
            if (chunk.size() == Content.MAX_ENTRIES) {
                each.accept(chunk);
                chunk = new ArrayList<>();
            }
        }
        if (!chunk.isEmpty()) {
            each.accept(chunk);
        }
    }
}
