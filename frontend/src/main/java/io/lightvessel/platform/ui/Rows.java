package io.lightvessel.platform.ui;

import com.vaadin.flow.data.provider.Query;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a grid, which asks by offset, read lists that are paged by key: it remembers the token at each offset it has
 * passed, so that scrolling on costs one page and only a jump costs several.
 */
public final class Rows<T> {

    private final Function<PageRequest, Page<T>> source;
    private final NavigableMap<Integer, Start> starts = new TreeMap<>();

    private record Start(@Nullable String token) {}

    public Rows(Function<PageRequest, Page<T>> source) {
        this.source = source;
        restart();
    }

    /** Forgets what it remembers, because the list or its filter changed. */
    public void restart() {
        starts.clear();
        starts.put(0, new Start(null));
    }

    public Stream<T> fetch(Query<T, Void> query) {
        int from = query.getOffset();
        int until = from + query.getLimit();
        List<T> found = new ArrayList<>();
        int offset = starts.floorKey(from);
        @Nullable Start start = starts.get(offset);
        while (start != null && offset < until) {
            Page<T> page = source.apply(PageRequest.parse(PageRequest.MAX_SIZE, start.token()));
            for (T item : page.items()) {
                if (offset >= from && offset < until) {
                    found.add(item);
                }
                offset++;
            }
            start = page.nextPageToken() == null ? null : new Start(page.nextPageToken());
            if (start != null) {
                starts.put(offset, start);
            }
        }
        return found.stream();
    }
}
