package io.lightvessel.conformance.cases;

import io.lightvessel.conformance.client.Clients;
import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcConnection;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpConnection;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.RpcStatus;
import io.lightvessel.conformance.client.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The receiver under test: how to ask it something, and what is known of it so far. */
public final class Subject {
    private static final int REMEMBERED = 20;

    private final Clients clients;
    private final @Nullable Target http;
    private final @Nullable Target grpc;
    private final long maxBody;
    private final List<HttpAnswer> httpRefusals = new ArrayList<>();
    private final List<GrpcAnswer> grpcRefusals = new ArrayList<>();
    private final Map<Target.Protocol, Boolean> profiles = new EnumMap<>(Target.Protocol.class);
    private @Nullable Boolean json;

    /** Over one or both protocols; {@code maxBody} is the largest body in bytes that the receiver is said to take. */
    public Subject(Clients clients, @Nullable Target http, @Nullable Target grpc, long maxBody) {
        this.clients = clients;
        this.http = http;
        this.grpc = grpc;
        this.maxBody = maxBody;
    }

    /** Whether a case can be tried at all. */
    public boolean speaks(Target.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> http != null;
            case GRPC -> grpc != null;
        };
    }

    long maxBody() {
        return maxBody;
    }

    HttpAnswer http(HttpRequest request) {
        return onHttp(connection -> connection.exchange(request), HttpAnswer::none);
    }

    GrpcAnswer grpc(GrpcRequest request) {
        return onGrpc(connection -> connection.call(request), GrpcAnswer::none);
    }

    /** The HTTP address, spoken to in HTTP/2. */
    GrpcAnswer http2(GrpcRequest request) {
        try (GrpcConnection connection = clients.grpc(known(http))) {
            return connection.call(request);
        } catch (IOException e) {
            return GrpcAnswer.none(String.valueOf(e.getMessage()));
        }
    }

    /** Does something over one connection; {@code otherwise} makes its result when there is none. */
    <T> T onHttp(Function<HttpConnection, T> use, Function<String, T> otherwise) {
        try (HttpConnection connection = clients.http(known(http))) {
            return noted(use.apply(connection));
        } catch (IOException e) {
            return otherwise.apply(String.valueOf(e.getMessage()));
        }
    }

    <T> T onGrpc(Function<GrpcConnection, T> use, Function<String, T> otherwise) {
        try (GrpcConnection connection = clients.grpc(known(grpc))) {
            return noted(use.apply(connection));
        } catch (IOException e) {
            return otherwise.apply(String.valueOf(e.getMessage()));
        }
    }

    private static Target known(@Nullable Target target) {
        if (target == null) {
            throw new IllegalStateException("no address for this case");
        }
        return target;
    }

    /** Whether plain JSON is taken, which the specification only recommends. */
    boolean takesJson() {
        Boolean known = json;
        if (known == null) {
            byte[] body = Signal.TRACES.json().getBytes(StandardCharsets.UTF_8);
            known = http(HttpRequest.post(Signal.TRACES.path(), HttpRequest.JSON, body))
                            .status()
                    == 200;
            json = known;
        }
        return known;
    }

    /** Whether there is anything behind the address of profiles, a signal that nobody has to take. */
    boolean takesProfiles(Target.Protocol protocol) {
        return profiles.computeIfAbsent(protocol, asked -> switch (asked) {
            case HTTP ->
                http(Encoding.PROTOBUF.post(Signal.PROFILES, Signal.PROFILES.protobuf()))
                                .status()
                        != 404;
            case GRPC ->
                grpc(GrpcRequest.of(Signal.PROFILES.method(), Signal.PROFILES.protobuf()))
                                .code()
                        != GrpcCode.UNIMPLEMENTED;
        });
    }

    private <T> T noted(T result) {
        note(result);
        return result;
    }

    /** Remembers an answer that told a client to come back later. */
    synchronized void note(@Nullable Object result) {
        if (result instanceof HttpAnswer answer
                && (answer.status() == 429 || answer.status() == 503)
                && httpRefusals.size() < REMEMBERED) {
            httpRefusals.add(answer);
        } else if (result instanceof GrpcAnswer answer && isBusy(answer) && grpcRefusals.size() < REMEMBERED) {
            grpcRefusals.add(answer);
        }
    }

    private static boolean isBusy(GrpcAnswer answer) {
        RpcStatus details = answer.details();
        boolean recovers = details != null && details.has("RetryInfo");
        return answer.code() == GrpcCode.UNAVAILABLE || answer.code() == GrpcCode.RESOURCE_EXHAUSTED && recovers;
    }

    synchronized List<HttpAnswer> httpRefusals() {
        return List.copyOf(httpRefusals);
    }

    synchronized List<GrpcAnswer> grpcRefusals() {
        return List.copyOf(grpcRefusals);
    }
}
