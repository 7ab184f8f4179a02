package io.lightvessel.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] YAML = "receivers: {}\n".getBytes(UTF_8);

    private final KeyPair key = SigningKeys.generate();
    private final TrustSettings trust = TrustSettings.of(key.getPublic(), "acme", "prod", "a1");
    private final ConfigVerifier verifier =
            new ConfigVerifier(trust, AgentRole.GATEWAY, Clock.fixed(NOW, ZoneOffset.UTC));
    private final SignedConfig signed = sign(key, "acme", "prod", AgentRole.GATEWAY, 7, NOW.plusSeconds(60));

    @Test
    void genuineConfigIsValid() {
        assertThat(verifier.verify(signed, YAML, 7)).isEqualTo(new ConfigVerdict.Valid(signed));
    }

    @Test
    void jsonFormComesBackEqual() {
        assertThat(SignedConfig.fromJson(signed.toJson())).isEqualTo(signed);
    }

    @Test
    void everyAlteredFieldIsRefused() {
        SignedConfig s = signed;
        List<SignedConfig> tampered = List.of(
                new SignedConfig("x", s.cluster(), s.role(), 7, s.notAfter(), s.sha256(), s.keyId(), s.signature()),
                new SignedConfig(s.tenant(), "x", s.role(), 7, s.notAfter(), s.sha256(), s.keyId(), s.signature()),
                new SignedConfig(
                        s.tenant(), s.cluster(), "edge", 7, s.notAfter(), s.sha256(), s.keyId(), s.signature()),
                new SignedConfig(
                        s.tenant(), s.cluster(), s.role(), 8, s.notAfter(), s.sha256(), s.keyId(), s.signature()),
                new SignedConfig(
                        s.tenant(), s.cluster(), s.role(), 7, s.notAfter() + 1, s.sha256(), s.keyId(), s.signature()),
                new SignedConfig(
                        s.tenant(),
                        s.cluster(),
                        s.role(),
                        7,
                        s.notAfter(),
                        Digests.sha256Hex(new byte[0]),
                        s.keyId(),
                        s.signature()),
                new SignedConfig(s.tenant(), s.cluster(), s.role(), 7, s.notAfter(), s.sha256(), s.keyId(), "AAAA"),
                new SignedConfig(s.tenant(), s.cluster(), s.role(), 7, s.notAfter(), s.sha256(), s.keyId(), "%%"));
        assertThat(tampered)
                .allSatisfy(t -> assertThat(verifier.verify(t, YAML, 0)).isEqualTo(new ConfigVerdict.Forged()));
    }

    @Test
    void anotherKeyIsRefused() {
        KeyPair other = SigningKeys.generate();
        SignedConfig forged = sign(other, "acme", "prod", AgentRole.GATEWAY, 7, NOW.plusSeconds(60));
        assertThat(reason(forged, YAML, 0))
                .isEqualTo("config refused: signed with key " + SigningKeys.keyId(other.getPublic()) + " (expected: "
                        + SigningKeys.keyId(key.getPublic()) + ", pinned at enrolment)");
        SignedConfig disguised = new SignedConfig(
                "acme",
                "prod",
                "gateway",
                7,
                forged.notAfter(),
                forged.sha256(),
                SigningKeys.keyId(key.getPublic()),
                forged.signature());
        assertThat(verifier.verify(disguised, YAML, 0)).isEqualTo(new ConfigVerdict.Forged());
    }

    @Test
    void alteredTextIsRefused() {
        byte[] other = "receivers: {otlp: {}}\n".getBytes(UTF_8);
        assertThat(verifier.verify(signed, other, 0))
                .isEqualTo(new ConfigVerdict.Altered(Digests.sha256Hex(YAML), Digests.sha256Hex(other)));
    }

    @Test
    void genuineConfigForSomebodyElseIsRefused() {
        assertThat(reason(sign(key, "other", "prod", AgentRole.GATEWAY, 7, NOW.plusSeconds(60)), YAML, 0))
                .isEqualTo("config refused: signed for tenant other (expected: acme)");
        assertThat(reason(sign(key, "acme", "dev", AgentRole.GATEWAY, 7, NOW.plusSeconds(60)), YAML, 0))
                .isEqualTo("config refused: signed for cluster dev (expected: prod)");
        assertThat(reason(sign(key, "acme", "prod", AgentRole.COLLECTOR, 7, NOW.plusSeconds(60)), YAML, 0))
                .isEqualTo("config refused: signed for role collector (expected: gateway)");
    }

    @Test
    void expiredConfigIsRefused() {
        assertThat(verifier.verify(sign(key, "acme", "prod", AgentRole.GATEWAY, 7, NOW.minusSeconds(1)), YAML, 0))
                .isEqualTo(new ConfigVerdict.Expired(NOW.minusSeconds(1)));
    }

    @Test
    void olderRevisionIsRefusedAndTheSameIsNot() {
        assertThat(reason(signed, YAML, 8))
                .isEqualTo("config refused: revision 7 (expected: 8 or later, which was applied before)");
    }

    @Test
    void fieldsThatCouldBlurTheCanonicalFormAreRefused() {
        assertThatThrownBy(() -> sign(key, "acme\nprod", "x", AgentRole.GATEWAY, 1, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signed config: tenant is empty or has a line break");
    }

    @Test
    void brokenJsonSaysWhatIsMissing() {
        assertThatThrownBy(() -> SignedConfig.fromJson("[]".getBytes(UTF_8)))
                .hasMessage("signed config: not a JSON object");
        assertThatThrownBy(() -> SignedConfig.fromJson("{\"tenant\":\"a\"".getBytes(UTF_8)))
                .hasMessageStartingWith("signed config: malformed JSON: ");
        assertThatThrownBy(() -> SignedConfig.fromJson("{\"tenant\":\"a\",\"x\":{\"tenant\":\"b\"}}".getBytes(UTF_8)))
                .hasMessage("signed config: no cluster (expected: text)");
        String text = new String(signed.toJson(), UTF_8).replace("\"revision\":7", "\"revision\":\"7\"");
        assertThatThrownBy(() -> SignedConfig.fromJson(text.getBytes(UTF_8)))
                .hasMessage("signed config: no revision (expected: a whole number)");
    }

    @Test
    void trustSettingsSurviveTheWire() {
        assertThat(TrustSettings.fromWire(trust.toWire())).isEqualTo(trust);
        assertThatThrownBy(() -> TrustSettings.fromWire(trust.toWire().toBuilder()
                        .putOtherSettings("config_signing_key", "abc")
                        .build()))
                .hasMessage("config signing key: not an Ed25519 key in base64 X.509");
        assertThatThrownBy(() -> TrustSettings.fromWire(
                        trust.toWire().toBuilder().removeOtherSettings("tenant").build()))
                .hasMessageContaining("no tenant");
    }

    private String reason(SignedConfig config, byte[] yaml, long lowest) {
        return ((ConfigVerdict.Refused) verifier.verify(config, yaml, lowest)).reason();
    }

    private static SignedConfig sign(
            KeyPair key, String tenant, String cluster, AgentRole role, long revision, Instant notAfter) {
        return SignedConfig.sign(key, tenant, cluster, role, revision, notAfter, YAML);
    }
}
