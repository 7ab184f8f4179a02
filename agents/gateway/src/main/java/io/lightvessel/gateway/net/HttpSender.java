package io.lightvessel.gateway.net;

import io.lightvessel.gateway.net.http.ConnectionRules;
import io.lightvessel.gateway.net.http.HttpCallout;
import io.lightvessel.gateway.net.http.HttpConnections;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts bodies to one backend over pooled HTTP/1.1 connections. */
public final class HttpSender {
    /** The client's own. */
    private static final Set<String> RESTRICTED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    private final HttpConnections connections;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final @Nullable ClientAuthenticator authenticator;

    /**
     * @param tls null for the platform's trust
     * @param authenticator asked for credentials before every request; null for none
     */
    public HttpSender(
            Transport transport,
            @Nullable TlsContexts tls,
            ConnectionRules rules,
            Map<String, String> headers,
            Duration timeout,
            @Nullable ClientAuthenticator authenticator) {
        this.connections = new HttpConnections(transport, tls, rules);
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

    /** Like the next for telemetry without metadata. */
    public void post(
            URI uri,
            Map<String, String> own,
            byte[] body,
            int length,
            Consumer<HttpAnswer> answered,
            Consumer<String> failed) {
        post(uri, own, Metadata.EMPTY, body, length, answered, failed);
    }

    /**
     * Posts a body and calls back once, on a thread that may be kept busy: with a response, or with a sentence that says
     * why there is none.
     *
     * @param own headers that neither users nor authenticators may change
     */
    public void post(
            URI uri,
            Map<String, String> own,
            Metadata metadata,
            byte[] body,
            int length,
            Consumer<HttpAnswer> answered,
            Consumer<String> failed) {
        post(
                uri,
                own,
                metadata,
                Unpooled.wrappedBuffer(body, 0, length),
                answer -> aside(() -> answered.accept(answer)),
                why -> aside(() -> failed.accept(why)));
    }

    private static void aside(Runnable callback) {
        Thread.ofVirtual().name("lightvessel-http-answer").start(callback);
    }

    /** The same for bytes as they lie in memory; takes over one reference, and calls back on an event loop. */
    public void post(
            URI uri,
            Map<String, String> own,
            Metadata metadata,
            ByteBuf body,
            Consumer<HttpAnswer> answered,
            Consumer<String> failed) {
        HttpHeaders sent;
        try {
            sent = headers(own, metadata);
        } catch (ComponentFailure e) {
            body.release();
            failed.accept("no credentials: " + e.getMessage());
            return;
        } catch (RuntimeException e) {
            body.release();
            throw e;
        }
        connections.send(
                new HttpCallout(HttpMethod.POST, uri, sent, body, timeout), new WholeResponse(answered, failed));
    }

    private HttpHeaders headers(Map<String, String> own, Metadata metadata) throws ComponentFailure {
        Map<String, String> changed = headers;
        if (authenticator != null) {
            changed = new HashMap<>(headers);
            authenticator.authenticate(metadata, changed);
        }
        HttpHeaders sent = new DefaultHttpHeaders();
        changed.forEach((name, value) -> set(sent, name, value));
        own.forEach((name, value) -> set(sent, name, value));
        return sent;
    }

    private static void set(HttpHeaders sent, String name, String value) {
        try {
            if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                sent.set(name, value);
                return;
            }
        } catch (IllegalArgumentException e) {
            // Its message may repeat the value, which may be a secret.
        }
        throw new IllegalArgumentException("header " + name + " cannot be sent");
    }

    /** Lets requests under way finish within {@code grace}; blocks. */
    public void close(Duration grace) {
        connections.close(grace);
    }
}
