package io.lightvessel.fleet;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Names an agent for good: {@code agt_} and twelve characters, unique in the whole control plane. */
public record AgentId(String value) {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 12;
    private static final Pattern FORM = Pattern.compile("agt_[a-z0-9]{" + LENGTH + "}");

    public AgentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "agent id: " + value + " (expected: agt_ and " + LENGTH + " letters and digits)");
        }
    }

    static AgentId mint(SecureRandom random) {
        StringBuilder id = new StringBuilder("agt_");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new AgentId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
