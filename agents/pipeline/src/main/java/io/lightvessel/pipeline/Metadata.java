package io.lightvessel.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent along with its telemetry: headers by lower-case name. Empty unless a receiver was told to
 * {@code include_metadata}. Immutable; never holds what authenticated the client.
 */
public final class Metadata {

    public static final Metadata EMPTY = new Metadata(Collections.emptySortedMap());

    private final SortedMap<String, List<String>> headers;

    private Metadata(SortedMap<String, List<String>> headers) {
        this.headers = headers;
    }

    public static Metadata of(Map<String, List<String>> headers) {
        if (headers.isEmpty()) {
            return EMPTY;
        }
        SortedMap<String, List<String>> copy = new TreeMap<>();
        for (Entry<String, List<String>> header : headers.entrySet()) {
            copy.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .addAll(header.getValue());
        }
        copy.replaceAll((_, values) -> List.copyOf(values));
        return new Metadata(Collections.unmodifiableSortedMap(copy));
    }

    public boolean isEmpty() {
        return headers.isEmpty();
    }

    /** The first value of a header; null when it was not sent. */
    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** All values of a header, in the order in which they were sent. */
    public List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** All headers, in the order of their names. */
    public SortedMap<String, List<String>> headers() {
        return headers;
    }

    /** These headers and no others; those that were not sent are left out. */
    public Metadata only(List<String> names) {
        Map<String, List<String>> chosen = new TreeMap<>();
        for (String name : names) {
            List<String> values = all(name);
            if (!values.isEmpty()) {
                chosen.put(name, values);
            }
        }
        return of(chosen);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata metadata && metadata.headers.equals(headers);
    }

    @Override
    public int hashCode() {
        return headers.hashCode();
    }

    /** Names only: values may be anything. */
    @Override
    public String toString() {
        return "metadata" + headers.keySet();
    }
}
