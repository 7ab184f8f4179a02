package io.lightvessel.gateway.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way to its response; runs on one event loop. */
final class HttpExchange {
    private final LoopConnections connections;
    private final OriginConnections home;
    private final HttpCallout callout;
    private final ResponseReader reader;
    private final Runnable ended;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable HttpClientConnection connection;
    private boolean reused;
    private boolean answering;
    private boolean finished;

    HttpExchange(LoopConnections connections, HttpCallout callout, ResponseReader reader, Runnable ended) {
        this.connections = connections;
        this.callout = callout;
        this.home = connections.to(HttpOrigin.of(callout.uri()));
        this.reader = reader;
        this.ended = ended;
    }

    HttpCallout callout() {
        return callout;
    }

    void start() {
        connections.began(this);
        long millis = callout.timeout().toMillis();
        timer = connections
                .loop()
                .schedule(() -> late("no answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
        HttpClientConnection idle = home.idle();
        if (idle != null) {
            reused = true;
            run(idle);
        } else {
            connect();
        }
    }

    private void connect() {
        home.connect(
                fresh -> {
                    if (finished) {
                        fresh.close();
                    } else {
                        run(fresh);
                    }
                },
                this::fail);
    }

    private void run(HttpClientConnection chosen) {
        connection = chosen;
        chosen.run(this);
    }

    void head(int status, HttpHeaders headers) {
        answering = true;
        if (!finished) {
            reader.head(status, headers);
        }
    }

    void content(ByteBuf piece) {
        if (finished || !piece.isReadable()) {
            return;
        }
        String objection = reader.content(piece);
        if (objection != null) {
            fail(objection);
        }
    }

    void end() {
        if (finish()) {
            connection = null;
            reader.end();
            ended.run();
        }
    }

    /** A server may close a kept connection at any time: a request that met with that goes out once more. */
    void broken(String why) {
        connection = null;
        if (reused && !answering && !finished) {
            reused = false;
            connect();
        } else {
            fail(why);
        }
    }

    /** An address that takes requests and does not answer them is no better than one that takes none. */
    private void late(String why) {
        HttpClientConnection used = connection;
        if (used != null && !answering) {
            home.avoid(used.address());
        }
        fail(why);
    }

    void fail(String why) {
        HttpClientConnection used = connection;
        connection = null;
        if (finish()) {
            if (used != null) {
                used.close();
            }
            reader.failed(why);
            ended.run();
        }
    }

    private boolean finish() {
        if (finished) {
            return false;
        }
        finished = true;
        ScheduledFuture<?> started = timer;
        if (started != null) {
            started.cancel(false);
        }
        connections.ended(this);
        callout.body().release();
        return true;
    }
}
