package io.lightvessel.gateway.cluster;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.cluster.core.Timing;
import io.lightvessel.gateway.cluster.jgroups.HostPort;
import io.lightvessel.gateway.cluster.jgroups.JGroupsTransport;
import io.lightvessel.gateway.cluster.jgroups.PeerAddresses;
import io.lightvessel.gateway.cluster.jgroups.SharedSecret;
import io.lightvessel.pipeline.ComponentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a {@code cluster} extension. */
final class ClusterSettings {

    private static final int MAX_SECRET_FILE = 64 << 10;

    private ClusterSettings() {}

    /** @param agentName what the replica is called unless the config says otherwise */
    static JGroupsTransport.Options transport(Settings settings, String agentName) throws ComponentFailure {
        HostPort bind = address("endpoint", settings.string("endpoint"));
        Optional<String> advertise = settings.optionalString("advertise_address");
        String cluster = settings.string("cluster_name");
        String secret = secret(settings);
        if (secret == null && !JGroupsTransport.isLoopback(bind)) {
            throw new ComponentFailure("endpoint: " + bind
                    + " can be reached from outside, and there is no secret (expected: secret or secret_file)");
        }
        return new JGroupsTransport.Options(
                bind,
                advertise.isPresent() ? address("advertise_address", advertise.get()) : null,
                cluster,
                settings.optionalString("replica_name").orElse(agentName),
                peers(settings.section("discovery"), bind.port()),
                settings.duration("failure_detection"),
                secret == null ? null : SharedSecret.tls(secret, cluster));
    }

    static Timing timing(Settings settings) {
        return Timing.of(
                settings.duration("failure_detection"),
                settings.duration("lease"),
                (int) settings.integer("min_members"),
                settings.duration("min_members_timeout"));
    }

    private static HostPort address(String key, String text) throws ComponentFailure {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ComponentFailure(key + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable String secret(Settings settings) throws ComponentFailure {
        if (!settings.has("secret_file")) {
            String secret = settings.optionalString("secret").orElse(null);
            return secret == null ? null : checked("secret", secret);
        }
        Path file = Path.of(settings.string("secret_file"));
        try {
            if (Files.size(file) > MAX_SECRET_FILE) {
                throw new ComponentFailure("secret_file: " + file + " is too large (expected: at most 64 KiB)");
            }
            return checked("secret_file", Files.readString(file).strip());
        } catch (IOException e) {
            throw new ComponentFailure("secret_file: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String checked(String key, String secret) throws ComponentFailure {
        if (secret.length() < SharedSecret.MIN_LENGTH) {
            throw new ComponentFailure(
                    key + ": too short (expected: " + SharedSecret.MIN_LENGTH + " characters or more)");
        }
        return secret;
    }

    private static PeerAddresses peers(Settings discovery, int ownPort) throws ComponentFailure {
        Optional<Settings> dns = discovery.optionalSection("dns");
        Optional<Settings> kubernetes = discovery.optionalSection("kubernetes");
        if (dns.isPresent()) {
            return named(dns.get(), "name", ownPort);
        }
        if (kubernetes.isPresent()) {
            return named(kubernetes.get(), "service", ownPort);
        }
        return PeerAddresses.fixed(addresses(discovery));
    }

    /** A text may hold several addresses, for one environment variable may name them all. */
    static List<HostPort> addresses(Settings discovery) throws ComponentFailure {
        List<HostPort> addresses = new ArrayList<>();
        for (String text : discovery.strings("static")) {
            for (String one : text.split(",", -1)) {
                addresses.add(address("discovery::static", one.strip()));
            }
        }
        return addresses;
    }

    private static PeerAddresses named(Settings settings, String key, int ownPort) {
        int port = (int) settings.integer("port");
        return PeerAddresses.ofName(settings.string(key), port == 0 ? ownPort : port, settings.duration("refresh"));
    }
}
