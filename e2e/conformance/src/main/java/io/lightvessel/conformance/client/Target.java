package io.lightvessel.conformance.client;

import java.net.URI;

/**
 * An address under test.
 *
 * @param prefix what stands before the paths of OTLP/HTTP; empty, or without a slash at its end
 */
public record Target(Protocol protocol, boolean tls, String host, int port, String prefix) {

    /** Which of the two transports of OTLP an address speaks. */
    public enum Protocol {
        GRPC,
        HTTP
    }

    private static final String EXPECTED =
            " (expected: grpc://HOST:PORT, grpcs://..., http://HOST:PORT or https://...)";

    /** Reads a URL; its default ports are OTLP's. */
    public static Target parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("URL: " + url + EXPECTED, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        boolean tls = scheme.equals("grpcs") || scheme.equals("https");
        boolean grpc = scheme.equals("grpc") || scheme.equals("grpcs");
        boolean known = tls || grpc || scheme.equals("http");
        String host = uri.getHost();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!known || host == null || uri.getRawQuery() != null || grpc && path.length() > 1) {
            throw new IllegalArgumentException("URL: " + url + EXPECTED);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : grpc ? 4317 : 4318;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Target(grpc ? Protocol.GRPC : Protocol.HTTP, tls, bare, port, prefix);
    }

    String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (protocol == Protocol.GRPC ? "grpc" : "http") + (tls ? "s://" : "://") + authority() + prefix;
    }
}
