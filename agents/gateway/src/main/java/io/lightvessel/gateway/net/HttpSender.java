package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Posts bodies to one backend over pooled HTTP/1.1 connections. */
public final class HttpSender {
    private static final int LARGEST_RESPONSE = 4 << 20;

    private final HttpClient client;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final @Nullable ClientAuthenticator authenticator;

    public HttpSender(@Nullable SSLContext tls, Map<String, String> headers, Duration timeout) {
        this(tls, headers, timeout, null);
    }

    /** @param authenticator asked for credentials before every request; null for none */
    public HttpSender(
            @Nullable SSLContext tls,
            Map<String, String> headers,
            Duration timeout,
            @Nullable ClientAuthenticator authenticator) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
        this.authenticator = authenticator;
    }

    /** What is wrong with a header a user asked for; null when nothing is. */
    public static @Nullable String objection(String name, String value, Set<String> reserved) {
        if (reserved.stream().anyMatch(name::equalsIgnoreCase)) {
            return "headers::" + name + ": set by the exporter itself (expected: another header)";
        }
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).header(name, value);
            return null;
        } catch (IllegalArgumentException e) {
            // Its message may repeat the value, which is a secret.
            return "headers::" + name + ": not a header that can be set";
        }
    }

    /** Like {@link #post(URI, Map, Metadata, byte[], int, Consumer, Consumer)} for telemetry without metadata. */
    public void post(
            URI uri,
            Map<String, String> own,
            byte[] body,
            int length,
            Consumer<HttpResponse<byte[]>> answered,
            Consumer<String> failed) {
        post(uri, own, Metadata.EMPTY, body, length, answered, failed);
    }

    /**
     * Posts a body and calls back once: with a response, or with a sentence that says why there is none.
     *
     * @param own headers that neither users nor authenticators may change
     */
    public void post(
            URI uri,
            Map<String, String> own,
            Metadata metadata,
            byte[] body,
            int length,
            Consumer<HttpResponse<byte[]>> answered,
            Consumer<String> failed) {
        Map<String, String> sent = headers;
        if (authenticator != null) {
            sent = new HashMap<>(headers);
            try {
                authenticator.authenticate(metadata, sent);
            } catch (ComponentFailure e) {
                failed.accept("no credentials: " + e.getMessage());
                return;
            }
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body, 0, length));
        sent.forEach((name, value) -> set(request, name, value));
        own.forEach((name, value) -> set(request, name, value));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_RESPONSE));
        // The client's own timeout ends with the response's head; a body that never ends must not hold up a queue.
        exchange.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((response, failure) -> {
            if (failure == null) {
                answered.accept(response);
            } else {
                exchange.cancel(true);
                failed.accept(reason(failure));
            }
        });
    }

    private static void set(HttpRequest.Builder request, String name, String value) {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            // Its message may repeat the value, which may be a secret.
            throw new IllegalArgumentException("header " + name + " cannot be sent");
        }
    }

    private String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms";
        }
        String message = cause.getMessage();
        String kind = cause instanceof IOException ? "" : cause.getClass().getSimpleName() + " ";
        return kind + (message == null ? "cannot connect (" + cause.getClass().getSimpleName() + ")" : message);
    }

    /** Lets requests under way finish within {@code grace}; blocks. */
    public void close(Duration grace) {
        client.shutdown();
        try {
            client.awaitTermination(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
