package io.lightvessel.access.embedded;

import io.lightvessel.platform.StartupRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps the embedded mode, which has one generated account and no TLS, from being reachable by others. */
final class LoopbackOnly {
    LoopbackOnly(String serverAddress) {
        if (!isLoopback(serverAddress)) {
            throw new StartupRefused(
                    ("server.address: %s (expected: 127.0.0.1); the embedded sign-in serves this machine only, set"
                                    + " lightvessel.oidc.issuer-uri and lightvessel.embedded.enabled=false to serve others.")
                            .formatted(serverAddress.isEmpty() ? "every address" : serverAddress));
        }
    }

    private static boolean isLoopback(String address) {
        if (address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartupRefused(
                    "server.address: %s (expected: an address of this machine).".formatted(address), e);
        }
    }
}
