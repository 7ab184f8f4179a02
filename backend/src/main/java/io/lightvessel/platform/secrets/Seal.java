package io.lightvessel.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM: a mark, the key's id, a random nonce, then ciphertext and tag. The name of what is sealed is authenticated as
 * well, so that one secret cannot be put in another's place.
 */
final class Seal {
    private static final byte[] MARK = "LVSEAL1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = MARK.length + SealingKey.ID_LENGTH + NONCE;

    private Seal() {}

    static boolean isSealed(byte[] content) {
        return content.length >= MARK.length && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
    }

    static boolean isBy(SealingKey key, byte[] sealed) {
        return sealed.length >= HEAD && key.hasId(id(sealed));
    }

    static byte[] seal(SealingKey key, String name, byte[] secret, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(secret);
            return ByteBuffer.allocate(HEAD + hidden.length)
                    .put(MARK)
                    .put(key.id())
                    .put(nonce)
                    .put(hidden)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** The secret, or a failure whose sentence follows the name of what cannot be opened. */
    static byte[] open(List<SealingKey> keys, String name, byte[] sealed) throws Unopened {
        if (sealed.length < HEAD) {
            throw new Unopened("is cut off: %d bytes".formatted(sealed.length));
        }
        SealingKey key = keys.stream()
                .filter(candidate -> candidate.hasId(id(sealed)))
                .findFirst()
                .orElseThrow(() -> new Unopened("was sealed with key %s (expected: one of %s)"
                        .formatted(HexFormat.of().formatHex(id(sealed)), keys)));
        byte[] nonce = Arrays.copyOfRange(sealed, HEAD - NONCE, HEAD);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, name).doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (AEADBadTagException e) {
            throw new Unopened("was changed after it was sealed, or sealed under another name");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** Why something does not open. */
    static final class Unopened extends Exception {
        private static final long serialVersionUID = 1L;

        Unopened(String reason) {
            super(reason);
        }
    }

    private static byte[] id(byte[] sealed) {
        return Arrays.copyOfRange(sealed, MARK.length, MARK.length + SealingKey.ID_LENGTH);
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MARK);
        cipher.updateAAD(key.id());
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
