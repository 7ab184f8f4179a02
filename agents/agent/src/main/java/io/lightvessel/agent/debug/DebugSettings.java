package io.lightvessel.agent.debug;

import io.lightvessel.agent.http.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the debug UI listens and who may see it. It shows telemetry, so beyond loopback it asks for a token.
 *
 * @param token null when everyone on this machine may look
 * @param wanted whether somebody asked for this endpoint, rather than nobody for another
 */
public record DebugSettings(ListenAddress address, @Nullable String token, boolean loopback, boolean wanted) {
    public static final String ENDPOINT = "LIGHTVESSEL_DEBUG_ENDPOINT";
    static final String TOKEN = "LIGHTVESSEL_DEBUG_TOKEN";
    static final String TOKEN_FILE = "LIGHTVESSEL_DEBUG_TOKEN_FILE";

    private static final String DEFAULT = "127.0.0.1:12345";
    private static final String OFF = "off";
    private static final int SHORTEST_TOKEN = 16;

    /** Empty when the UI is switched off; throws {@link IllegalArgumentException} that names the setting. */
    public static Optional<DebugSettings> of(Map<String, String> environment) {
        String endpoint = environment.getOrDefault(ENDPOINT, DEFAULT).strip();
        if (endpoint.equals(OFF)) {
            return Optional.empty();
        }
        ListenAddress address = ListenAddress.parse(ENDPOINT, endpoint);
        String token = token(environment);
        boolean loopback = isLoopback(address);
        if (!loopback && token == null) {
            throw new IllegalArgumentException(
                    ENDPOINT + ": " + address + " can be reached from other machines (expected: "
                            + "a loopback address such as " + DEFAULT + ", or a token in " + TOKEN + " or " + TOKEN_FILE
                            + ", or " + OFF + ")");
        }
        return Optional.of(new DebugSettings(address, token, loopback, environment.containsKey(ENDPOINT)));
    }

    private static @Nullable String token(Map<String, String> environment) {
        String text = environment.getOrDefault(TOKEN, "").strip();
        String file = environment.getOrDefault(TOKEN_FILE, "").strip();
        if (!text.isEmpty() && !file.isEmpty()) {
            throw new IllegalArgumentException(TOKEN + " and " + TOKEN_FILE + " (expected: one of them)");
        }
        String setting = TOKEN;
        if (!file.isEmpty()) {
            setting = TOKEN_FILE;
            try {
                text = Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException(TOKEN_FILE + ": " + file + " cannot be read: " + e, e);
            }
        }
        if (text.isEmpty() && file.isEmpty()) {
            return null;
        }
        if (text.length() < SHORTEST_TOKEN || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(setting + ": " + text.length() + " characters (expected: at least "
                    + SHORTEST_TOKEN + " visible ASCII characters)");
        }
        return text;
    }

    private static boolean isLoopback(ListenAddress address) {
        try {
            return InetAddress.getByName(address.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    ENDPOINT + ": " + address.host() + " has no address (expected: a host of this machine)", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address + (token == null ? "" : " with a token");
    }
}
