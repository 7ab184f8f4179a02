package io.lightvessel.agent.state;

import io.lightvessel.wire.TrustSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the control plane told this agent to connect, and whom to trust.
 *
 * @param hash the server's hash of the offer, hexadecimal
 * @param endpoint URL to connect to, or null for the one of the command line
 * @param headers sent with the handshake; hold the credential
 * @param heartbeatSeconds 0 when the server wants none
 * @param enrolledWith public id of the enrolment token these settings were exchanged for
 */
public record ConnectionSettings(
        String hash,
        @Nullable String endpoint,
        Map<String, String> headers,
        long heartbeatSeconds,
        @Nullable TrustSettings trust,
        @Nullable String enrolledWith) {
    public ConnectionSettings {
        headers = Map.copyOf(headers);
    }

    /** Without the headers' values, which are secret. */
    @Override
    public String toString() {
        return "connection settings " + hash + " (endpoint " + endpoint + ", headers " + headers.keySet() + ")";
    }
}
