package io.lightvessel.agent.link;

import io.lightvessel.wire.OpampFrame;
import java.net.URI;
import java.util.Locale;

/** Reads the control plane's address as people write it and makes a WebSocket URI of it. */
public final class ControlPlaneUri {
    private ControlPlaneUri() {}

    /** Throws {@link IllegalArgumentException} that says what was expected. */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw unreadable(text);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String socketScheme = switch (scheme) {
            case "http", "ws" -> "ws";
            case "https", "wss" -> "wss";
            default -> throw unreadable(text);
        };
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw unreadable(text);
        }
        String path = uri.getPath() == null
                        || uri.getPath().isEmpty()
                        || uri.getPath().equals("/")
                ? OpampFrame.PATH
                : uri.getPath();
        String host = uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(socketScheme + "://" + host + port + path + query);
    }

    // A password inside the URL must not reach a log through an error.
    private static IllegalArgumentException unreadable(String text) {
        String shown = text.replaceFirst("//[^/@]*@", "//***@");
        return new IllegalArgumentException("control plane: " + shown
                + " (expected: http://host:port, https://host:port or ws://host:port/v1/opamp)");
    }
}
