package io.lightvessel.gateway.net.http;

import io.lightvessel.gateway.net.HostPort;
import java.net.URI;
import java.util.Locale;

/**
 * A server that connections can be kept open to.
 *
 * @param host a name, or an address without brackets
 */
public record HttpOrigin(boolean secure, String host, int port) {

    /** Of a URL with a scheme of http or https and a host. */
    public static HttpOrigin of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new HttpOrigin(secure, host.toLowerCase(Locale.ROOT), port);
    }

    /** Where to connect to. */
    HostPort address() {
        return new HostPort(host, port);
    }

    /** As the Host header has it: without the port that goes without saying. */
    String authority() {
        String whole = address().toString();
        return port == (secure ? 443 : 80) ? whole.substring(0, whole.lastIndexOf(':')) : whole;
    }
}
