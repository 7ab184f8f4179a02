package io.lightvessel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * The signature that travels beside a rendered config: for whom it is, which revision, until when, and the digest of
 * the text.
 *
 * @param role wire name of the {@link AgentRole}
 * @param revision number of the stack's revision; never goes down on an agent
 * @param notAfter seconds since the epoch
 * @param sha256 lower-case hexadecimal digest of the YAML bytes
 * @param signature base64 Ed25519 signature over {@link #canonicalBytes()}
 */
public record SignedConfig(
        String tenant,
        String cluster,
        String role,
        long revision,
        long notAfter,
        String sha256,
        String keyId,
        String signature) {
    private static final String HEADER = "lightvessel-config-v1";

    public SignedConfig {
        requireOneLine("tenant", tenant);
        requireOneLine("cluster", cluster);
        requireOneLine("role", role);
        requireOneLine("sha256", sha256);
        requireOneLine("keyId", keyId);
    }

    /** Signs a config with the control plane's key. */
    public static SignedConfig sign(
            KeyPair key, String tenant, String cluster, AgentRole role, long revision, Instant notAfter, byte[] yaml) {
        SignedConfig unsigned = new SignedConfig(
                tenant,
                cluster,
                role.wireName(),
                revision,
                notAfter.getEpochSecond(),
                Digests.sha256Hex(yaml),
                SigningKeys.keyId(key.getPublic()),
                "");
        try {
            Signature signer = Signature.getInstance(SigningKeys.ALGORITHM);
            signer.initSign(key.getPrivate());
            signer.update(unsigned.canonicalBytes());
            return unsigned.withSignature(Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("config for " + cluster + " could not be signed", e);
        }
    }

    /** What is signed: every field but the signature, one per line, under a line that names the format. */
    public byte[] canonicalBytes() {
        return String.join(
                        "\n",
                        HEADER,
                        tenant,
                        cluster,
                        role,
                        Long.toString(revision),
                        Long.toString(notAfter),
                        sha256,
                        keyId)
                .getBytes(StandardCharsets.UTF_8);
    }

    public byte[] toJson() {
        return SignedConfigJson.write(this);
    }

    /** Reads the JSON form; throws {@link IllegalArgumentException} that says what is missing or of the wrong type. */
    public static SignedConfig fromJson(byte[] json) {
        return SignedConfigJson.read(json);
    }

    private SignedConfig withSignature(String base64) {
        return new SignedConfig(tenant, cluster, role, revision, notAfter, sha256, keyId, base64);
    }

    // A line break inside a field would let two different configs have the same canonical bytes.
    private static void requireOneLine(String field, String value) {
        if (value.isEmpty() || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("signed config: " + field + " is empty or has a line break");
        }
    }
}
