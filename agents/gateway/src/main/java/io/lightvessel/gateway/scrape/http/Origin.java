package io.lightvessel.gateway.scrape.http;

import java.net.URI;

/** Where a connection leads: scheme, host without brackets, port. */
record Origin(boolean tls, String host, int port) {

    /** Throws {@link IllegalArgumentException} when the URL has no host or another scheme. */
    static Origin of(URI url) {
        String scheme = url.getScheme();
        boolean tls = "https".equalsIgnoreCase(scheme);
        if (!tls && !"http".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException("scheme of " + shown(url) + " (expected: http or https)");
        }
        String host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException("host of " + shown(url) + " (expected: a name or an address)");
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = url.getPort();
        return new Origin(tls, host, port >= 0 ? port : tls ? 443 : 80);
    }

    /** The URL without what might be a password. */
    static String shown(URI url) {
        String text = url.toString();
        String user = url.getRawUserInfo();
        return user == null ? text : text.replace(user + "@", "");
    }

    /** As a {@code Host} header and a CONNECT request have it. */
    String authority(boolean withDefaultPort) {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        boolean usual = port == (tls ? 443 : 80);
        return usual && !withDefaultPort ? shownHost : shownHost + ":" + port;
    }

    @Override
    public String toString() {
        return authority(true);
    }
}
