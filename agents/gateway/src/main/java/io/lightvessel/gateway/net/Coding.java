package io.lightvessel.gateway.net;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a request's body is packed. */
public enum Coding {
    IDENTITY,
    GZIP,
    /** What HTTP calls deflate: one zlib stream, or without that container, as some clients have it. */
    ZLIB,
    ZSTD,
    /** A snappy block or a framed snappy stream: clients send either under the same name. */
    SNAPPY;

    /** What the Collector takes over HTTP, by the names used in Content-Encoding; plain bodies are always taken. */
    public static Map<String, Coding> overHttp() {
        return supported(Map.of(
                "gzip", GZIP,
                "zstd", ZSTD,
                "zlib", ZLIB,
                "deflate", ZLIB,
                "snappy", SNAPPY,
                "x-snappy-framed", SNAPPY));
    }

    /** The same over gRPC, by the names used in grpc-encoding. */
    public static Map<String, Coding> overGrpc() {
        return supported(Map.of("gzip", GZIP, "zstd", ZSTD, "snappy", SNAPPY));
    }

    private static Map<String, Coding> supported(Map<String, Coding> names) {
        Map<String, Coding> supported = new TreeMap<>(names);
        if (!ZstdDecoder.isAvailable()) {
            supported.remove("zstd");
        }
        return supported;
    }

    /** A name as a header has it, put into the form of these maps' keys; x-gzip is gzip (RFC 9110, 8.4.1.3). */
    public static String name(String header) {
        String name = header.trim().toLowerCase(Locale.ROOT);
        return name.equals("x-gzip") ? "gzip" : name;
    }
}
