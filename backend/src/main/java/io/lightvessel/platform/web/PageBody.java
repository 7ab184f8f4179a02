package io.lightvessel.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.platform.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page on the wire; the token is absent at the end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageBody<T>(List<T> items, @Nullable String nextPageToken) {

    public static <S, T> PageBody<T> of(Page<S> page, Function<? super S, ? extends T> body) {
        Page<T> mapped = page.map(body);
        return new PageBody<>(mapped.items(), mapped.nextPageToken());
    }
}
