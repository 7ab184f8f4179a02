package io.lightvessel.gateway.server;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.Coding;
import io.lightvessel.pipeline.ComponentContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ServerAuthenticator;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One listener's address, limits and manners, read from the keys that receivers share: the Collector's
 * {@code configgrpc} and {@code confighttp}.
 *
 * @param address host and port as configured
 * @param maxBodyBytes the largest body, packed or unpacked
 * @param maxStreams how many requests a connection may have under way
 * @param codings how bodies may be packed, by the names clients use
 * @param authenticator null when everybody may
 * @param includeMetadata whether payloads keep the client's headers
 */
public record ServerOptions(
        String address,
        int maxBodyBytes,
        long maxStreams,
        Map<String, Coding> codings,
        @Nullable ServerTls tls,
        @Nullable ServerAuthenticator authenticator,
        boolean includeMetadata,
        KeepAlive keepAlive,
        HttpManners http) {

    /** What OTLP recommends, and enough for everybody else. */
    private static final int DEFAULT_MAX_BODY = 64 << 20;

    private static final long DEFAULT_MAX_STREAMS = 256;

    public static ServerOptions grpc(Settings grpc, ComponentContext context) throws ComponentFailure {
        long mebibytes = grpc.has("max_recv_msg_size_mib") ? grpc.integer("max_recv_msg_size_mib") : 0;
        long streams = grpc.has("max_concurrent_streams") ? grpc.integer("max_concurrent_streams") : 0;
        return new ServerOptions(
                grpc.string("endpoint"),
                limit(mebibytes << 20),
                streams == 0 ? DEFAULT_MAX_STREAMS : streams,
                Coding.overGrpc(),
                ServerTls.of(grpc, ApplicationProtocolNames.HTTP_2),
                authenticator(grpc, context),
                flag(grpc, "include_metadata"),
                KeepAlive.of(grpc),
                HttpManners.DEFAULT);
    }

    public static ServerOptions http(Settings http, ComponentContext context) throws ComponentFailure {
        long bytes = http.has("max_request_body_size") ? http.integer("max_request_body_size") : 0;
        return new ServerOptions(
                http.string("endpoint"),
                limit(bytes),
                DEFAULT_MAX_STREAMS,
                codings(http),
                ServerTls.of(http, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1),
                authenticator(http, context),
                flag(http, "include_metadata"),
                KeepAlive.DEFAULT,
                HttpManners.of(http));
    }

    /** The names of the codings for people and for {@code grpc-accept-encoding}, plain ones first. */
    String codingNames(String separator) {
        return codings.isEmpty() ? "identity" : "identity" + separator + String.join(separator, codings.keySet());
    }

    private static Map<String, Coding> codings(Settings http) throws ComponentFailure {
        Map<String, Coding> known = Coding.overHttp();
        if (!http.has("compression_algorithms")
                || http.strings("compression_algorithms").isEmpty()) {
            return known;
        }
        List<String> wanted = http.strings("compression_algorithms");
        Map<String, Coding> codings = new TreeMap<>();
        for (String name : wanted) {
            Coding coding = known.get(Coding.name(name));
            if (coding != null) {
                codings.put(Coding.name(name), coding);
            } else if (!name.isEmpty()) {
                throw new ComponentFailure("compression_algorithms: " + name + " (expected: some of \"\", "
                        + String.join(", ", known.keySet()) + ")");
            }
        }
        return codings;
    }

    private static @Nullable ServerAuthenticator authenticator(Settings listener, ComponentContext context)
            throws ComponentFailure {
        Optional<Settings> auth = listener.optionalSection("auth");
        return auth.isEmpty()
                ? null
                : context.extension(ComponentId.parse(auth.get().string("authenticator")), ServerAuthenticator.class);
    }

    private static boolean flag(Settings settings, String key) {
        return settings.has(key) && settings.flag(key);
    }

    /** Zero stands for the default, as in the Collector. */
    private static int limit(long bytes) {
        return bytes <= 0 ? DEFAULT_MAX_BODY : (int) Math.min(bytes, Integer.MAX_VALUE - 16);
    }
}
