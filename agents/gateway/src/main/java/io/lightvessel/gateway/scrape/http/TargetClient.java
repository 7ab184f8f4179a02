package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets one target's answers, one at a time, over a connection that is kept. Everything happens on one event loop but for
 * looking up names and reading files.
 */
public final class TargetClient {
    private static final int MOST_REDIRECTS = 10;
    private static final int UNAUTHORIZED = 401;
    /** A body with more than this part of the budget does not wait for still more. */
    private static final int GIVES_WAY = 8;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final EventLoop loop;
    private final Timer timer;
    private final ByteBudget budget;
    private final HttpOptions options;
    private final Connector connector;
    private @Nullable HttpConnection kept;
    private @Nullable URI keptProxy;
    private @Nullable Fetch current;
    private boolean closed;

    public TargetClient(Transport transport, Timer timer, ByteBudget budget, HttpOptions options) {
        this.loop = transport.group().next();
        this.timer = timer;
        this.budget = budget;
        this.options = options;
        this.connector = new Connector(transport, options, timer);
    }

    /** Tells how it went once, on the event loop; not to be called before the last fetch has ended. */
    public void get(FetchRequest request, Consumer<FetchResult> done) {
        Fetch fetch = new Fetch(request, loop, timer, done);
        Loops.execute(loop, () -> {
            current = fetch;
            if (closed) {
                fetch.fail(FetchResult.Reason.STOPPED, "the target is scraped no more");
            } else {
                pay(fetch);
            }
        });
    }

    /** Ends what is under way and closes the connection. */
    public void close() {
        Loops.execute(loop, () -> {
            closed = true;
            Fetch fetch = current;
            if (fetch != null) {
                fetch.fail(FetchResult.Reason.STOPPED, "the target is scraped no more");
            }
            forget();
        });
    }

    /** Waits for the budget for as long as the scrape has time. */
    private void pay(Fetch fetch) {
        ByteBudget.Lease lease = budget.tryAcquire(fetch.request.expectedBytes());
        if (lease != null) {
            fetch.late = new FetchResult.Failed(
                    FetchResult.Reason.TIMEOUT,
                    "no answer within " + fetch.request.timeout().toMillis() + " ms");
            fetch.paid(lease);
            authorize(fetch);
            return;
        }
        fetch.late = new FetchResult.Failed(
                FetchResult.Reason.NO_MEMORY,
                "the agent's memory budget was spent for "
                        + fetch.request.timeout().toMillis() + " ms");
        timer.schedule(
                LOOK_AGAIN,
                () -> Loops.execute(loop, () -> {
                    if (!fetch.isOver()) {
                        pay(fetch);
                    }
                }));
    }

    private void authorize(Fetch fetch) {
        if (fetch.strayed) {
            connect(fetch, "");
            return;
        }
        options.authorization()
                .header()
                .whenComplete((header, failure) -> Loops.execute(loop, () -> {
                    if (fetch.isOver()) {
                        return;
                    }
                    if (failure != null) {
                        fetch.fail(FetchResult.Reason.UNREACHABLE, "no credentials: " + root(failure));
                    } else {
                        connect(fetch, header);
                    }
                }));
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void connect(Fetch fetch, String authorization) {
        Origin origin;
        try {
            origin = Origin.of(fetch.url);
        } catch (IllegalArgumentException e) {
            fetch.fail(FetchResult.Reason.UNREACHABLE, String.valueOf(e.getMessage()));
            return;
        }
        HttpConnection connection = kept;
        if (connection != null && connection.isUsable() && connection.origin.equals(origin)) {
            send(fetch, authorization, connection, keptProxy);
            return;
        }
        forget();
        connector.connect(origin, fetch, loop, new Connector.Outcome() {
            @Override
            public void connected(HttpConnection fresh, @Nullable URI plainProxy) {
                if (fetch.isOver() || closed) {
                    fresh.close();
                    return;
                }
                kept = fresh;
                keptProxy = plainProxy;
                send(fetch, authorization, fresh, plainProxy);
            }

            @Override
            public void failed(String message) {
                fetch.fail(FetchResult.Reason.UNREACHABLE, message);
            }
        });
    }

    private void send(Fetch fetch, String authorization, HttpConnection connection, @Nullable URI plainProxy) {
        DefaultFullHttpRequest request;
        try {
            request = request(fetch, authorization, plainProxy);
        } catch (IllegalArgumentException e) {
            // Its message may repeat a value, which may be a secret.
            fetch.fail(FetchResult.Reason.UNREACHABLE, "a configured header cannot be sent");
            return;
        }
        connection.send(request, fetch, new HttpConnection.Listener() {
            private @Nullable HttpResponse answer;

            @Override
            public void head(HttpResponse head) {
                answer = head;
                if (head.status().code() == 200) {
                    connection.collect(fetch.body(HttpUtil.getContentLength(head, 0L), budget.capacity() / GIVES_WAY));
                }
            }

            @Override
            public void ended() {
                HttpResponse head = answer;
                if (head != null) {
                    answered(fetch, head, authorization);
                }
            }

            @Override
            public void broken(String message, boolean silent) {
                fetch.onAbort(null);
                if (silent && connection.isUsed() && !fetch.triedAgain && !fetch.isOver()) {
                    // The server closed the kept connection just when it was to be used.
                    fetch.triedAgain = true;
                    connect(fetch, authorization);
                } else {
                    fetch.fail(FetchResult.Reason.UNREACHABLE, message);
                }
            }
        });
    }

    private DefaultFullHttpRequest request(Fetch fetch, String authorization, @Nullable URI plainProxy) {
        URI url = fetch.url;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        Origin origin = Origin.of(url);
        if (plainProxy != null) {
            target = "http://" + origin.authority(false) + target;
        }
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, origin.authority(false));
        fetch.request.headers().forEach((name, value) -> request.headers().set(name, value));
        // Secrets are for the target: not for whomever it points to, nor for what that one in turn picks of the target.
        if (!fetch.strayed) {
            options.headers().forEach((name, values) -> request.headers().set(name, values));
            if (!authorization.isEmpty()) {
                request.headers().set(HttpHeaderNames.AUTHORIZATION, authorization);
            }
        }
        if (plainProxy != null && plainProxy.getUserInfo() != null) {
            request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, Connector.proxyAuthorization(plainProxy));
        }
        return request;
    }

    private void answered(Fetch fetch, HttpResponse head, String authorization) {
        int status = head.status().code();
        String location = head.headers().get(HttpHeaderNames.LOCATION);
        if (status == 200) {
            succeed(fetch, head);
        } else if (options.followRedirects() && REDIRECTS.contains(status) && location != null) {
            redirect(fetch, location);
        } else if (status == UNAUTHORIZED
                && !fetch.refusedOnce
                && options.authorization().refused(authorization)) {
            fetch.refusedOnce = true;
            authorize(fetch);
        } else {
            fetch.fail(FetchResult.Reason.UNREACHABLE, "server returned HTTP status " + head.status());
        }
    }

    private static void succeed(Fetch fetch, HttpResponse head) {
        String encoding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "");
        boolean gzip = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
        if (!gzip && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            fetch.fail(
                    FetchResult.Reason.UNREACHABLE,
                    "Content-Encoding: " + encoding + " (expected: gzip or none, which was asked for)");
        } else {
            fetch.answered(head.headers().get(HttpHeaderNames.CONTENT_TYPE, ""), gzip);
        }
    }

    private void redirect(Fetch fetch, String location) {
        if (++fetch.redirects > MOST_REDIRECTS) {
            fetch.fail(FetchResult.Reason.UNREACHABLE, "stopped after " + MOST_REDIRECTS + " redirects");
            return;
        }
        try {
            fetch.url = fetch.url.resolve(location);
        } catch (IllegalArgumentException e) {
            fetch.fail(FetchResult.Reason.UNREACHABLE, "a redirect to what is no URL");
            return;
        }
        try {
            fetch.strayed |= !Origin.of(fetch.url).equals(Origin.of(fetch.request.url()));
        } catch (IllegalArgumentException e) {
            fetch.fail(FetchResult.Reason.UNREACHABLE, "a redirect to another " + e.getMessage());
            return;
        }
        authorize(fetch);
    }

    private void forget() {
        HttpConnection connection = kept;
        kept = null;
        keptProxy = null;
        if (connection != null) {
            connection.close();
        }
    }
}
