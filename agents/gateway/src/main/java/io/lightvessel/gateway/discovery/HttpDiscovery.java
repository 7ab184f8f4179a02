package io.lightvessel.gateway.discovery;

import com.google.re2j.Pattern;
import io.lightvessel.gateway.scrape.http.FetchRequest;
import io.lightvessel.gateway.scrape.http.FetchResult;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBufInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Targets from an HTTP server, which answers with the whole list in JSON. When it does not, the last list holds. */
public final class HttpDiscovery implements Discovery {

    static final int LARGEST = 64 << 20;
    private static final int EXPECTED = 64 << 10;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern JSON =
            Pattern.compile("application/json(;\\s*charset=(\"utf-8\"|utf-8))?", Pattern.CASE_INSENSITIVE);

    private final URI url;
    private final Duration refreshInterval;
    private final TargetClient client;
    private final Timer timer;
    private final Executor executor;
    private @Nullable Teller teller;
    private Timer.@Nullable Task next;
    private boolean closed;

    /** @param client which belongs to the discovery from now on */
    public HttpDiscovery(URI url, Duration refreshInterval, TargetClient client, Timer timer, Executor executor) {
        this.url = url;
        this.refreshInterval = refreshInterval;
        this.client = client;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public synchronized void start(Listener listener) {
        teller = new Teller(listener);
        ask(teller);
    }

    @Override
    public void close() {
        Teller made;
        synchronized (this) {
            closed = true;
            made = teller;
            if (next != null) {
                next.cancel();
            }
        }
        if (made != null) {
            made.close();
        }
        client.close();
    }

    private void ask(Teller made) {
        Map<String, String> headers = Map.of(
                "Accept", "application/json",
                "User-Agent", "lightvessel",
                "X-Prometheus-Refresh-Interval-Seconds", String.valueOf(refreshInterval.toMillis() / 1000.0));
        client.get(
                new FetchRequest(url, headers, LONGEST, LARGEST, EXPECTED),
                result -> executor.execute(() -> {
                    answered(made, result);
                    again(made);
                }));
    }

    private synchronized void again(Teller made) {
        if (!closed) {
            next = timer.schedule(refreshInterval, () -> ask(made));
        }
    }

    private void answered(Teller made, FetchResult result) {
        switch (result) {
            case FetchResult.Failed failed -> made.tell(shown() + ": " + failed.message());
            case FetchResult.Answered answer -> {
                try {
                    made.tell(groups(answer), null);
                } catch (MalformedTargets e) {
                    made.tell(shown() + ": " + e.getMessage());
                } finally {
                    answer.body().release();
                    answer.lease().release();
                }
            }
        }
    }

    private List<TargetGroup> groups(FetchResult.Answered answer) throws MalformedTargets {
        if (!JSON.matches(answer.contentType())) {
            throw new MalformedTargets("Content-Type '" + answer.contentType() + "' (expected: application/json)");
        }
        return JsonTargets.read(
                new ByteBufInputStream(answer.body()), new GroupNames("__meta_url", url.toString(), shown()));
    }

    /** A query may hold credentials. */
    private String shown() {
        return url.getRawQuery() == null ? url.toString() : url.toString().replace(url.getRawQuery(), "...");
    }
}
