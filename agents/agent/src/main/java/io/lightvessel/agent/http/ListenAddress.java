package io.lightvessel.agent.http;

import java.net.InetSocketAddress;

/** Where an endpoint of the process listens. */
public record ListenAddress(String host, int port) {

    /** Reads {@code host:port}; throws {@link IllegalArgumentException} that names the setting. */
    public static ListenAddress parse(String setting, String text) {
        int colon = text.lastIndexOf(':');
        if (colon >= 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 0 && port <= 65535) {
                    String host = text.substring(0, colon).replace("[", "").replace("]", "");
                    return new ListenAddress(host.isEmpty() ? "0.0.0.0" : host, port);
                }
            } catch (NumberFormatException e) {
                // Falls through to the one sentence for all malformed values.
            }
        }
        throw new IllegalArgumentException(setting + ": " + text + " (expected: host:port, such as 0.0.0.0:13133)");
    }

    InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
