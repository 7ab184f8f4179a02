package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.relabel.LabelSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 64 bits of what makes a target: its labels, how it is asked, and how often. Replicas of different versions have to come to
 * the same, so this never changes.
 */
final class TargetHash {

    private static final byte BETWEEN_TEXTS = (byte) 0xfe;
    private static final byte BETWEEN_PARTS = (byte) 0xff;

    private final MessageDigest digest = sha256();

    long of(LabelSet labels, LabelSet internals, String url) {
        add(labels);
        digest.update(BETWEEN_PARTS);
        add(internals);
        digest.update(BETWEEN_PARTS);
        digest.update(url.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private void add(LabelSet labels) {
        for (int i = 0; i < labels.size(); i++) {
            digest.update(labels.name(i).getBytes(StandardCharsets.UTF_8));
            digest.update(BETWEEN_TEXTS);
            digest.update(labels.value(i).getBytes(StandardCharsets.UTF_8));
            digest.update(BETWEEN_TEXTS);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: every Java platform has it)", e);
        }
    }
}
