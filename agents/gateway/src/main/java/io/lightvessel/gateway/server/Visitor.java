package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.ServerAuthenticator;
import io.lightvessel.pipeline.ServerAuthenticator.RequestHeaders;
import io.lightvessel.pipeline.ServerAuthenticator.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as its headers and its connection tell.
 *
 * @param client the authenticated subject, or else the address; for sharing what is scarce
 * @param metadata what payloads keep of the headers
 * @param denied why the client may not, if it may not
 */
record Visitor(Object client, Metadata metadata, Verdict.@Nullable Denied denied) {
    /** What belongs to the transport and would only bloat every payload. */
    private static final Set<String> NEVER_KEPT =
            Set.of("content-length", "transfer-encoding", "connection", "te", "content-encoding", "grpc-encoding");

    /** Reads a request's headers one way for HTTP and gRPC. */
    interface Headers extends RequestHeaders, Iterable<Map.Entry<String, String>> {}

    static Visitor of(ServerOptions options, Headers headers, Object address) {
        ServerAuthenticator authenticator = options.authenticator();
        if (authenticator == null) {
            return new Visitor(address, options.includeMetadata() ? metadata(headers, Set.of()) : Metadata.EMPTY, null);
        }
        // What the authenticator looks at is a secret: it must not travel on.
        Set<String> credentials = new HashSet<>();
        Verdict verdict = authenticator.authenticate(name -> {
            credentials.add(name);
            return headers.get(name);
        });
        return switch (verdict) {
            case Verdict.Allowed(String subject) ->
                new Visitor(
                        subject.isEmpty() ? address : subject,
                        options.includeMetadata() ? metadata(headers, credentials) : Metadata.EMPTY,
                        null);
            case Verdict.Denied denied -> new Visitor(address, Metadata.EMPTY, denied);
        };
    }

    private static Metadata metadata(Headers headers, Set<String> credentials) {
        Map<String, List<String>> kept = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.startsWith(":") && !NEVER_KEPT.contains(name) && !credentials.contains(name)) {
                kept.computeIfAbsent(name, _ -> new ArrayList<>()).add(header.getValue());
            }
        }
        return Metadata.of(kept);
    }
}
