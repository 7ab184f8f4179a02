package io.lightvessel.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of an ordered list, and the token that continues after it; no token means the end. */
public record Page<T>(List<T> items, @Nullable String nextPageToken) {

    public Page {
        items = List.copyOf(items);
    }

    /** Makes a page of rows of which one more than the page size was asked for, to learn whether there are more. */
    public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> key) {
        if (rows.size() <= request.size()) {
            return new Page<>(rows, null);
        }
        List<T> shown = rows.subList(0, request.size());
        return new Page<>(shown, PageRequest.token(key.apply(shown.getLast())));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), nextPageToken);
    }
}
