package io.lightvessel.agent.state;

import io.lightvessel.wire.SignedConfig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps the last config that ran well, and the one being tried. Each is one file, so that text and signature cannot
 * part: two comment lines with hash and signature, then the YAML byte for byte.
 */
public final class ConfigStore {
    private static final String HASH = "# lightvessel-hash: ";
    private static final String SIGNATURE = "# lightvessel-signature: ";

    private final DurableFile lastGood;
    private final DurableFile candidate;

    public ConfigStore(StateDirectory directory) {
        this.lastGood = directory.file("config.yaml");
        this.candidate = directory.file("config.candidate.yaml");
    }

    /** Throws {@link StateException} when the file is damaged. */
    public Optional<StoredConfig> lastGood() {
        return lastGood.read().map(bytes -> decode(lastGood, bytes));
    }

    public void saveCandidate(StoredConfig config) {
        candidate.write(encode(config));
    }

    public void promoteCandidate() {
        candidate.moveTo(lastGood);
    }

    /** Puts a damaged last good config aside, so that the agent can start and wait for a new one. */
    public Path quarantineLastGood() {
        return lastGood.quarantine();
    }

    private static byte[] encode(StoredConfig config) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(config.yaml().length + 1024);
        String head = HASH + HexFormat.of().formatHex(config.hash()) + "\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(SIGNATURE.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(config.signature().toJson());
        out.write('\n');
        out.writeBytes(config.yaml());
        return out.toByteArray();
    }

    private static StoredConfig decode(DurableFile file, byte[] bytes) {
        int first = lineEnd(bytes, 0);
        int second = lineEnd(bytes, first);
        try {
            byte[] hash = HexFormat.of().parseHex(value(bytes, 0, first, HASH));
            return new StoredConfig(
                    Arrays.copyOfRange(bytes, second, bytes.length),
                    hash,
                    SignedConfig.fromJson(value(bytes, first, second, SIGNATURE).getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw file.damaged(
                    String.valueOf(e.getMessage()), "The control plane sends the config again at the next connection.");
        }
    }

    private static String value(byte[] bytes, int from, int to, String prefix) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing();
        if (!line.startsWith(prefix)) {
            throw new IllegalArgumentException("no line \"" + prefix.strip() + "\" at its head");
        }
        return line.substring(prefix.length());
    }

    private static int lineEnd(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, bytes.length);
    }
}
