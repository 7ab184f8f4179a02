package io.lightvessel.agent.debug;

import com.sun.net.httpserver.HttpExchange;
import io.lightvessel.agent.http.Endpoint;
import io.lightvessel.agent.http.TimeLimit;
import io.lightvessel.gateway.cluster.OwnershipView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the debug UI and the API behind it. Nothing that it answers changes the agent. */
public final class DebugServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DebugServer.class);
    private static final int CONCURRENT_REQUESTS = 8;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Access access;
    private final SignIn signIn;
    private final Api api;
    private final TailStream tail;
    private final StaticFiles files = new StaticFiles();
    private final Semaphore slots = new Semaphore(CONCURRENT_REQUESTS);
    private final Endpoint endpoint;

    private DebugServer(
            DebugSettings settings,
            Insight insight,
            AboutAgent about,
            Supplier<List<OwnershipView>> clusters,
            Clock clock)
            throws IOException {
        access = new Access(settings, clock);
        String page = files.get("/sign-in.html", null)
                .map(file -> new String(file.body(), StandardCharsets.UTF_8))
                .orElseThrow();
        signIn = new SignIn(access, page, clock);
        Rates rates = new Rates(insight::flowSnapshot);
        api = new Api(
                new GraphView(insight, rates),
                new LedgerView(rates),
                new StatusView(insight, about, rates, access.needsToken(), clock),
                new ComponentView(insight, rates),
                new ClusterView(clusters),
                new TargetsView(insight),
                new ProfilesView(insight));
        tail = new TailStream(insight);
        endpoint = Endpoint.serve("debug", DebugSettings.ENDPOINT, settings.address(), this::handle);
    }

    /** Throws an {@link IOException} whose message is one sentence when the port is taken. */
    public static DebugServer open(DebugSettings settings, Insight insight, AboutAgent about, Clock clock)
            throws IOException {
        return open(settings, insight, about, List::of, clock);
    }

    /** @param clusters who owns which target, for each cluster that the agent belongs to */
    public static DebugServer open(
            DebugSettings settings,
            Insight insight,
            AboutAgent about,
            Supplier<List<OwnershipView>> clusters,
            Clock clock)
            throws IOException {
        return new DebugServer(settings, insight, about, clusters, clock);
    }

    public int port() {
        return endpoint.port();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Reply> refusal = access.refusal(exchange);
            if (refusal.isPresent()) {
                refusal.get().send(exchange);
            } else if (isTail(exchange) && access.isAllowed(exchange)) {
                serveTail(exchange);
            } else {
                answerInTurn(exchange);
            }
        } catch (InterruptedException e) {
            // The server is closing.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTail(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().equals(Api.PREFIX + "tail");
    }

    private void serveTail(HttpExchange exchange) throws IOException, InterruptedException {
        Query query;
        try {
            query = new Query(exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            Reply.problem(400, "Bad request", "query: " + e.getMessage()).send(exchange);
            return;
        }
        tail.serve(exchange, query);
    }

    private void answerInTurn(HttpExchange exchange) throws IOException, InterruptedException {
        if (!slots.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            Reply.problem(503, "Busy", "Too many requests at a time. Try again.")
                    .send(exchange);
            return;
        }
        try (TimeLimit limit = new TimeLimit(LONGEST_ANSWER)) {
            answer(exchange).send(exchange);
        } finally {
            slots.release();
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (method.equals("POST") && path.equals("/sign-in")) {
            return signIn.submit(exchange);
        }
        if (method.equals("POST") && path.equals("/sign-out")) {
            return signIn.signOut();
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Reply.problem(405, "Method not allowed", method + " (expected: GET; nothing here can be changed)")
                    .with("Allow", "GET, HEAD");
        }
        if (path.startsWith(Api.PREFIX)) {
            return access.isAllowed(exchange)
                    ? data(exchange)
                    : Reply.problem(401, "Unauthorized", "This agent shows itself to who has its token.")
                            .with("WWW-Authenticate", "Bearer");
        }
        return page(exchange, path);
    }

    private Reply data(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        try {
            return api.answer(path, exchange.getRequestURI().getRawQuery());
        } catch (RuntimeException e) {
            LOG.error("debug UI: {} failed", path, e);
            return Reply.problem(500, "Internal error", "The agent could not answer; its log says why.");
        }
    }

    private Reply page(HttpExchange exchange, String path) {
        if (path.equals("/sign-in")) {
            return access.needsToken() ? signIn.show() : Reply.seeOther("/");
        }
        if (path.equals("/") && !access.isAllowed(exchange)) {
            return Reply.seeOther("/sign-in");
        }
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        return files.get(path.equals("/") ? "/index.html" : path, known)
                .orElseGet(() -> Reply.problem(404, "Not found", "There is no " + path + " here."));
    }
}
