package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import io.netty.handler.ssl.JdkSslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Tokens by client credentials (RFC 6749, 4.4): got when needed, kept until shortly before they expire. */
final class OAuth2Tokens implements RequestAuthorization {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration EARLY = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int LARGEST = 64 * 1024;

    /** Who refuses a token that young would refuse the next one too. */
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private record Token(String header, long got, long expires) {}

    private final Credentials.OAuth2 config;
    private final SecretSource secret;
    private final ConfiguredHeaders headers;
    private final ScrapeTls tls;
    private final ProxyRules proxy;
    private final Timer timer;
    private @Nullable Token token;
    private @Nullable CompletableFuture<String> asking;
    private long pausedUntil;
    private @Nullable Throwable lastFailure;

    private OAuth2Tokens(
            Credentials.OAuth2 config, SecretSource secret, ConfiguredHeaders headers, ScrapeTls tls, Timer timer) {
        this.config = config;
        this.secret = secret;
        this.headers = headers;
        this.tls = tls;
        this.proxy = ProxyRules.of(config.proxy());
        this.timer = timer;
    }

    static OAuth2Tokens of(Credentials.OAuth2 config, Timer timer) throws ComponentFailure {
        return new OAuth2Tokens(
                config,
                SecretSource.of(config.clientSecret(), timer),
                ConfiguredHeaders.of(config.headers(), timer),
                ScrapeTls.of(config.tls()),
                timer);
    }

    @Override
    public synchronized CompletionStage<String> header() {
        long now = timer.nanoTime();
        Token known = token;
        if (known != null && now - known.expires() < 0) {
            return CompletableFuture.completedStage(known.header());
        }
        CompletableFuture<String> running = asking;
        if (running != null) {
            return running;
        }
        Throwable failure = lastFailure;
        if (failure != null && now - pausedUntil < 0) {
            return CompletableFuture.failedStage(failure);
        }
        CompletableFuture<String> fresh = new CompletableFuture<>();
        asking = fresh;
        Thread asks = Thread.ofVirtual().name("lightvessel-oauth2").unstarted(() -> ask(fresh));
        // Of the whole exchange: the client's own timeout ends with the head of the answer.
        Timer.Task timeout = timer.schedule(TIMEOUT, asks::interrupt);
        fresh.whenComplete((_, _) -> timeout.cancel());
        asks.start();
        return fresh;
    }

    @Override
    public synchronized boolean refused(String header) {
        Token known = token;
        if (known != null && known.header().equals(header)) {
            if (timer.nanoTime() - known.got() < YOUNG.toNanos()) {
                return false;
            }
            token = null;
        }
        return !header.isEmpty();
    }

    private void ask(CompletableFuture<String> fresh) {
        try {
            Token got = request();
            synchronized (this) {
                token = got;
                asking = null;
                lastFailure = null;
            }
            fresh.complete(got.header());
        } catch (IOException | RuntimeException e) {
            failed(fresh, e);
        } catch (InterruptedException e) {
            failed(fresh, new IOException("the token server did not answer within " + TIMEOUT.toSeconds() + " s"));
        }
    }

    private void failed(CompletableFuture<String> fresh, Exception failure) {
        synchronized (this) {
            asking = null;
            lastFailure = failure;
            pausedUntil = timer.nanoTime() + AFTER_FAILURE.toNanos();
        }
        fresh.completeExceptionally(failure);
    }

    private Token request() throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!config.scopes().isEmpty()) {
            form.put("scope", String.join(" ", config.scopes()));
        }
        form.putAll(config.endpointParams());
        String body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        String client = encoded(config.clientId()) + ":" + encoded(secret.get());
        HttpRequest.Builder request = HttpRequest.newBuilder(config.tokenUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        long asked = timer.nanoTime();
        try (HttpClient http = client()) {
            HttpResponse<byte[]> response = http.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
            if (response.statusCode() != 200) {
                throw new IOException(
                        "the token server answered " + response.statusCode() + " (expected: 200 with a token)");
            }
            TokenAnswer answer = TokenAnswer.of(response.body());
            long used = Math.max(answer.seconds() * 1_000_000_000L - EARLY.toNanos(), 0);
            return new Token(answer.header(), asked, asked + used);
        }
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder();
        if (tls.context() instanceof JdkSslContext context) {
            builder.sslContext(context.context());
            // The client takes trust and key from the context, but not this.
            SSLParameters versions = new SSLParameters();
            versions.setProtocols(tls.protocols().toArray(String[]::new));
            builder.sslParameters(versions);
        }
        URI through = proxy.proxyFor(Origin.of(config.tokenUrl()));
        if (through != null) {
            Origin origin = Origin.of(through);
            builder.proxy(ProxySelector.of(new InetSocketAddress(origin.host(), origin.port())));
        }
        return builder.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
