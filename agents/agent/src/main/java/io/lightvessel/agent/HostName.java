package io.lightvessel.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this host, as the environment or the network gives it. */
final class HostName {
    private HostName() {}

    static String get() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The message of this exception begins with the name that could not be resolved.
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(':');
            return colon > 0 ? message.substring(0, colon) : "unknown";
        }
    }
}
