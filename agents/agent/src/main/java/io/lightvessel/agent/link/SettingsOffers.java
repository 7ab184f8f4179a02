package io.lightvessel.agent.link;

import com.google.protobuf.ByteString;
import io.lightvessel.agent.state.ConnectionSettings;
import io.lightvessel.agent.state.StateException;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.ConnectionSettingsOffers;
import io.lightvessel.wire.opamp.ConnectionSettingsStatus;
import io.lightvessel.wire.opamp.ConnectionSettingsStatuses;
import io.lightvessel.wire.opamp.OpAMPConnectionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what to do with the connection settings a server offers, of which enrolment is the first. */
final class SettingsOffers {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsOffers.class);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofHours(1);

    private final Credentials credentials;

    SettingsOffers(Credentials credentials) {
        this.credentials = credentials;
    }

    /** What comes of an offer. */
    sealed interface Decision {
        /** It is what is in force already. */
        record Unchanged() implements Decision {}

        /** It cannot be used. */
        record Answer(ConnectionSettingsStatus status) implements Decision {}

        /** It is on disk; the next connection decides whether it is kept. */
        record TryOut(ConnectionSettingsStatus status) implements Decision {}
    }

    Decision consider(ConnectionSettingsOffers offer) {
        String hash = HexFormat.of().formatHex(offer.getHash().toByteArray());
        if (credentials.current().map(c -> c.hash().equals(hash)).orElse(false)) {
            return new Decision.Unchanged();
        }
        try {
            ConnectionSettings settings = read(offer, hash);
            credentials.tryOut(settings);
            LOG.info("connection settings received, reconnecting with them");
            return new Decision.TryOut(
                    status(offer.getHash(), ConnectionSettingsStatuses.ConnectionSettingsStatuses_APPLIED, ""));
        } catch (IllegalArgumentException | StateException e) {
            LOG.error("the offered connection settings are not used: {}", e.getMessage());
            return new Decision.Answer(status(
                    offer.getHash(),
                    ConnectionSettingsStatuses.ConnectionSettingsStatuses_FAILED,
                    String.valueOf(e.getMessage())));
        }
    }

    /** The interval in force. */
    Duration heartbeat(Duration standard) {
        return credentials
                .current()
                .map(settings -> Duration.ofSeconds(settings.heartbeatSeconds()))
                .orElse(standard);
    }

    static ConnectionSettingsStatus failed(ConnectionSettings dropped, String reason) {
        return status(
                ByteString.copyFrom(HexFormat.of().parseHex(dropped.hash())),
                ConnectionSettingsStatuses.ConnectionSettingsStatuses_FAILED,
                reason);
    }

    /** What an offer leaves out stays as it is. */
    private ConnectionSettings read(ConnectionSettingsOffers offer, String hash) {
        Optional<ConnectionSettings> current = credentials.current();
        OpAMPConnectionSettings opamp = offer.getOpamp();
        if (opamp.hasCertificate() || opamp.hasTls() || opamp.hasProxy()) {
            throw new IllegalArgumentException(
                    "certificate, TLS and proxy settings are not supported (expected: endpoint, headers, heartbeat)");
        }
        Map<String, String> headers = new HashMap<>();
        opamp.getHeaders().getHeadersList().forEach(header -> headers.put(header.getKey(), header.getValue()));
        if (headers.isEmpty()) {
            headers.putAll(current.map(ConnectionSettings::headers).orElse(Map.of()));
        }
        if (headers.isEmpty()) {
            throw new IllegalArgumentException("connection settings: no headers (expected: Authorization)");
        }
        String endpoint = opamp.getDestinationEndpoint().isEmpty()
                ? current.map(ConnectionSettings::endpoint).orElse(null)
                : ControlPlaneUri.parse(opamp.getDestinationEndpoint()).toString();
        TrustSettings trust = offer.containsOtherConnections(TrustSettings.CONNECTION_NAME)
                ? TrustSettings.fromWire(offer.getOtherConnectionsOrThrow(TrustSettings.CONNECTION_NAME))
                : current.map(ConnectionSettings::trust).orElse(null);
        long heartbeat = opamp.getHeartbeatIntervalSeconds();
        if (heartbeat < 0 || heartbeat > LONGEST_HEARTBEAT.toSeconds()) {
            throw new IllegalArgumentException("heartbeat interval: " + Long.toUnsignedString(heartbeat)
                    + " s (expected: at most " + LONGEST_HEARTBEAT.toSeconds() + ")");
        }
        return new ConnectionSettings(hash, endpoint, headers, heartbeat, trust, credentials.enrolmentTokenId());
    }

    private static ConnectionSettingsStatus status(ByteString hash, ConnectionSettingsStatuses status, String message) {
        return ConnectionSettingsStatus.newBuilder()
                .setLastConnectionSettingsHash(hash)
                .setStatus(status)
                .setErrorMessage(message)
                .build();
    }
}
