package io.lightvessel.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** Decides whether a config may be applied by the agent that pinned this key and belongs to this tenant and cluster. */
public final class ConfigVerifier {
    private final PublicKey key;
    private final String tenant;
    private final String cluster;
    private final AgentRole role;
    private final Clock clock;

    public ConfigVerifier(TrustSettings trust, AgentRole role, Clock clock) {
        this.key = trust.publicKey();
        this.tenant = trust.tenant();
        this.cluster = trust.cluster();
        this.role = role;
        this.clock = clock;
    }

    /**
     * Checks the signature first, so that no field of a forged config is believed, then what it says.
     *
     * @param lowestRevision the newest revision this agent ever applied
     */
    public ConfigVerdict verify(SignedConfig signed, byte[] yaml, long lowestRevision) {
        String pinned = SigningKeys.keyId(key);
        if (!pinned.equals(signed.keyId())) {
            return new ConfigVerdict.UnknownKey(signed.keyId(), pinned);
        }
        if (!signatureMatches(signed)) {
            return new ConfigVerdict.Forged();
        }
        if (!MessageDigest.isEqual(sha256(signed), Digests.sha256(yaml))) {
            return new ConfigVerdict.Altered(signed.sha256(), Digests.sha256Hex(yaml));
        }
        if (!tenant.equals(signed.tenant())) {
            return new ConfigVerdict.WrongTarget("tenant", signed.tenant(), tenant);
        }
        if (!cluster.equals(signed.cluster())) {
            return new ConfigVerdict.WrongTarget("cluster", signed.cluster(), cluster);
        }
        if (!role.wireName().equals(signed.role())) {
            return new ConfigVerdict.WrongTarget("role", signed.role(), role.wireName());
        }
        Instant notAfter = Instant.ofEpochSecond(signed.notAfter());
        if (clock.instant().isAfter(notAfter)) {
            return new ConfigVerdict.Expired(notAfter);
        }
        if (signed.revision() < lowestRevision) {
            return new ConfigVerdict.Replayed(signed.revision(), lowestRevision);
        }
        return new ConfigVerdict.Valid(signed);
    }

    private boolean signatureMatches(SignedConfig signed) {
        try {
            Signature verifier = Signature.getInstance(SigningKeys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed.canonicalBytes());
            return verifier.verify(Base64.getDecoder().decode(signed.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A signature of the wrong length or not in base64 is as forged as a wrong one.
            return false;
        }
    }

    private static byte[] sha256(SignedConfig signed) {
        try {
            return HexFormat.of().parseHex(signed.sha256());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
