package io.lightvessel.gateway.cluster.jgroups;

import java.net.InetSocketAddress;

/** A host, by name or address, and a port. */
public record HostPort(String host, int port) {

    /** Throws {@link IllegalArgumentException} with what was expected. */
    public static HostPort parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        String host = colon < 0 ? "" : trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(text + " (expected: an IPv6 address in brackets, as in [::1]:7800)");
        }
        try {
            int port = Integer.parseInt(trimmed.substring(colon + 1));
            if (colon >= 0 && port >= 0 && port <= 65_535) {
                return new HostPort(host, port);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " (expected: HOST:PORT)", e);
        }
        throw new IllegalArgumentException(text + " (expected: HOST:PORT)");
    }

    InetSocketAddress resolved() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
