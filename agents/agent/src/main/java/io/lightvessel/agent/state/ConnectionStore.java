package io.lightvessel.agent.state;

import io.lightvessel.wire.TrustSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Keeps the connection settings in force and, beside them, an offer that has yet to prove itself. */
public final class ConnectionStore {
    private static final String HEADER = "header.";
    private static final String REMEDY =
            "Restore it from a copy, or delete it and start the agent with a new" + " enrolment token.";

    private final DurableFile current;
    private final DurableFile candidate;

    public ConnectionStore(StateDirectory directory) {
        this.current = directory.file("connection.properties");
        this.candidate = directory.file("connection.candidate.properties");
    }

    public Optional<ConnectionSettings> current() {
        return current.read().map(bytes -> decode(current, bytes));
    }

    public Optional<ConnectionSettings> candidate() {
        return candidate.read().map(bytes -> decode(candidate, bytes));
    }

    public void saveCandidate(ConnectionSettings settings) {
        candidate.write(encode(settings));
    }

    /** The candidate has proved itself: it replaces what was in force. */
    public void promoteCandidate() {
        candidate.moveTo(current);
    }

    public void dropCandidate() {
        candidate.delete();
    }

    private static byte[] encode(ConnectionSettings settings) {
        Properties p = new Properties();
        p.setProperty("hash", settings.hash());
        p.setProperty("heartbeatSeconds", Long.toString(settings.heartbeatSeconds()));
        settings.headers().forEach((name, value) -> p.setProperty(HEADER + name, value));
        if (settings.endpoint() != null) {
            p.setProperty("endpoint", settings.endpoint());
        }
        if (settings.enrolledWith() != null) {
            p.setProperty("enrolledWith", settings.enrolledWith());
        }
        TrustSettings trust = settings.trust();
        if (trust != null) {
            p.setProperty("trust.configSigningKey", trust.configSigningKey());
            p.setProperty("trust.tenant", trust.tenant());
            p.setProperty("trust.cluster", trust.cluster());
            p.setProperty("trust.agent", trust.agent());
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            p.store(out, "How this agent connects to its control plane. Secret: it holds the agent's credential.");
            return out.toByteArray();
        } catch (IOException e) {
            throw new StateException("connection settings could not be encoded: " + e, e);
        }
    }

    private static ConnectionSettings decode(DurableFile file, byte[] bytes) {
        try {
            Properties p = new Properties();
            p.load(new ByteArrayInputStream(bytes));
            Map<String, String> headers = new HashMap<>();
            for (String name : p.stringPropertyNames()) {
                if (name.startsWith(HEADER)) {
                    headers.put(name.substring(HEADER.length()), p.getProperty(name));
                }
            }
            return new ConnectionSettings(
                    required(p, "hash"),
                    p.getProperty("endpoint"),
                    headers,
                    Long.parseLong(required(p, "heartbeatSeconds")),
                    trust(p),
                    p.getProperty("enrolledWith"));
        } catch (IOException | IllegalArgumentException e) {
            throw file.damaged(String.valueOf(e.getMessage()), REMEDY);
        }
    }

    private static @Nullable TrustSettings trust(Properties p) {
        if (p.getProperty("trust.configSigningKey") == null) {
            return null;
        }
        TrustSettings trust = new TrustSettings(
                required(p, "trust.configSigningKey"),
                required(p, "trust.tenant"),
                required(p, "trust.cluster"),
                required(p, "trust.agent"));
        trust.publicKey();
        return trust;
    }

    private static String required(Properties p, String key) {
        String value = p.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
