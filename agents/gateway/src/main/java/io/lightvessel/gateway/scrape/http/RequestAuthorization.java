package io.lightvessel.gateway.scrape.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives a request its {@code Authorization} header. Asked for each request, so that changed secrets count at once. */
@FunctionalInterface
public interface RequestAuthorization {
    /** Of clients that send none. */
    RequestAuthorization NONE = () -> CompletableFuture.completedStage("");

    /** The header's value, empty for none; fails with a sentence when there is none to be had. Does not block. */
    CompletionStage<String> header();

    /** The target did not accept a header it was sent; whether there may be something better now, got anew. */
    default boolean refused(String header) {
        return false;
    }
}
