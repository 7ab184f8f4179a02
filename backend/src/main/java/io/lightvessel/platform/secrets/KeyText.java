package io.lightvessel.platform.secrets;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.platform.StartupRefused;
import java.util.Arrays;
import java.util.List;

/** Keys as the environment gives them, separated by commas. */
record KeyText(String text) implements KeySource {
    private static final String SETTING = "lightvessel.secrets.keys";

    static List<SealingKey> parse(String where, List<String> texts) {
        if (texts.isEmpty()) {
            throw new StartupRefused("%s: no sealing key (expected: 32 random bytes in base64).".formatted(where));
        }
        try {
            return texts.stream().map(SealingKey::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new StartupRefused("%s: %s.".formatted(where, e.getMessage()), e);
        }
    }

    @Override
    public List<SealingKey> keys() {
        return parse(
                SETTING,
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .toList());
    }

    @Override
    public SealingKey add() {
        throw new LightvesselException(
                PlatformError.KEYS_ELSEWHERE,
                "Sealing keys come from the environment. Put a new one in front of " + SETTING
                        + ", start again, which seals everything with it, and then take the old one away.");
    }

    @Override
    public void forgetOld() {
        add();
    }

    /** Without the keys, so that it may appear in logs. */
    @Override
    public String toString() {
        return "KeyText";
    }
}
