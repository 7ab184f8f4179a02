package io.lightvessel.platform.secrets;

import java.security.SecureRandom;
import java.util.Optional;

/** Encrypts what is kept elsewhere than in files, and for a while only: it is not sealed anew when keys change. */
public final class SealedBytes {
    private final KeySource source;
    private final SecureRandom random = new SecureRandom();

    SealedBytes(KeySource source) {
        this.source = source;
    }

    /** @param name of what it is; it opens under no other */
    public byte[] seal(String name, byte[] secret) {
        return Seal.seal(source.keys().getFirst(), name, secret, random);
    }

    /** Empty when the key was given up since, or something else was put in its place. */
    public Optional<byte[]> open(String name, byte[] sealed) {
        try {
            return Optional.of(Seal.open(source.keys(), name, sealed));
        } catch (Seal.Unopened e) {
            return Optional.empty();
        }
    }
}
