package io.lightvessel.gateway.cluster.jgroups;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.NamedParameterSpec;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * TLS between those who know a secret. The secret becomes a key pair, the same on every replica, and each side of a
 * connection must prove that it has it before a byte of the cluster's protocol is read.
 */
public final class SharedSecret {

    /** A shorter secret could be guessed. */
    public static final int MIN_LENGTH = 16;

    private static final int ROUNDS = 120_000;
    private static final byte[] ED25519 = {0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70};

    private SharedSecret() {}

    /** @param cluster so that one secret in two clusters makes two keys */
    public static SSLContext tls(String secret, String cluster) {
        try {
            KeyPair pair = keyPair(seed(secret, cluster));
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            Certificate certificate = certificate(pair);
            store.setKeyEntry("cluster", pair.getPrivate(), none, new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            TrustManager[] trust = {new SameKey(pair.getPublic().getEncoded())};
            context.init(keys.getKeyManagers(), trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("this Java cannot make a TLS key of a secret", e);
        }
    }

    private static byte[] seed(String secret, String cluster) throws GeneralSecurityException {
        byte[] salt = ("lightvessel cluster " + cluster).getBytes(StandardCharsets.UTF_8);
        PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, ROUNDS, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /** An Ed25519 private key is any 32 bytes; the generator takes them from its source of randomness. */
    static KeyPair keyPair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                if (bytes.length != seed.length) {
                    throw new IllegalStateException(
                            "the generator wants " + bytes.length + " bytes (expected: " + seed.length + ")");
                }
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair();
    }

    /** The least certificate that carries a key; nobody looks at anything else in it. */
    private static Certificate certificate(KeyPair pair) throws GeneralSecurityException {
        byte[] name = der(0x30, der(0x31, der(0x30, new byte[] {6, 3, 0x55, 4, 3}, text(0x0C, "lightvessel cluster"))));
        byte[] validity = der(0x30, text(0x17, "200101000000Z"), text(0x18, "20990101000000Z"));
        byte[] toSign = der(
                0x30,
                der(0xA0, new byte[] {2, 1, 2}),
                new byte[] {2, 1, 1},
                ED25519,
                name,
                validity,
                name,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(toSign);
        byte[] whole = der(0x30, toSign, ED25519, der(0x03, new byte[] {0}, signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            all.write(0x82);
            all.write(length >> 8);
        } else if (length >= 0x80) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
