package io.lightvessel.gateway.scrape.http;

import com.sun.net.httpserver.HttpExchange;
import io.lightvessel.config.ComponentId;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Clients made of the text of a job, and the time by which they renew what they keep, which the test moves. */
final class ClientKit implements AutoCloseable {
    final ManualTimer clock = new ManualTimer();
    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("prometheus", 1 << 20);

    /** @param job what the job has besides its name, as YAML's flow style has it */
    static HttpOptions options(String job, Timer timer) throws ComponentFailure {
        ReceiverConfig config = ReceiverConfig.of(
                ComponentId.parse("prometheus"),
                TestContext.settings(
                        "receivers",
                        "prometheus",
                        "prometheus: {config: {scrape_configs: [{job_name: j, " + job + "}]}}\n"));
        return HttpOptions.of(config.jobs().getFirst().http(), timer);
    }

    TargetClient client(String job) throws ComponentFailure {
        return client(options(job, clock));
    }

    /** Clients of one job share its options. */
    TargetClient client(HttpOptions options) {
        return new TargetClient(transport, context.timer(), context.budget, options);
    }

    /** The answer's text, or why there is none. */
    String get(TargetClient client, String url) throws Exception {
        return start(client, url).get(30, TimeUnit.SECONDS);
    }

    CompletableFuture<String> start(TargetClient client, String url) {
        CompletableFuture<String> result = new CompletableFuture<>();
        FetchRequest request = new FetchRequest(URI.create(url), Map.of(), Duration.ofSeconds(20), 0, 1000);
        client.get(request, fetched -> result.complete(text(fetched)));
        return result;
    }

    private static String text(FetchResult result) {
        return switch (result) {
            case FetchResult.Answered answered -> {
                String text = answered.body().toString(StandardCharsets.UTF_8);
                answered.body().release();
                answered.lease().release();
                yield text;
            }
            case FetchResult.Failed failed -> failed.reason() + ": " + failed.message();
        };
    }

    long budgetUsed() {
        return context.budget.used();
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        transport.close();
    }
}
