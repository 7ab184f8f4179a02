package io.lightvessel.wire;

import io.lightvessel.wire.opamp.OtherConnectionSettings;
import java.security.PublicKey;
import java.util.Map;

/** What an agent learns at enrolment and pins from then on: who it is, where it belongs, whose configs it obeys. */
public record TrustSettings(String configSigningKey, String tenant, String cluster, String agent) {
    /** The key under which the settings are offered among OpAMP's {@code other_connections}. */
    public static final String CONNECTION_NAME = "io.lightvessel.trust";

    private static final String SIGNING_KEY = "config_signing_key";
    private static final String TENANT = "tenant";
    private static final String CLUSTER = "cluster";
    private static final String AGENT = "agent";

    public static TrustSettings of(PublicKey configSigningKey, String tenant, String cluster, String agent) {
        return new TrustSettings(SigningKeys.toBase64(configSigningKey), tenant, cluster, agent);
    }

    public OtherConnectionSettings toWire() {
        return OtherConnectionSettings.newBuilder()
                .putOtherSettings(SIGNING_KEY, configSigningKey)
                .putOtherSettings(TENANT, tenant)
                .putOtherSettings(CLUSTER, cluster)
                .putOtherSettings(AGENT, agent)
                .build();
    }

    /** Reads the offer; throws {@link IllegalArgumentException} that names what is missing or malformed. */
    public static TrustSettings fromWire(OtherConnectionSettings offer) {
        Map<String, String> settings = offer.getOtherSettingsMap();
        TrustSettings trust = new TrustSettings(
                required(settings, SIGNING_KEY),
                required(settings, TENANT),
                required(settings, CLUSTER),
                required(settings, AGENT));
        trust.publicKey();
        return trust;
    }

    public PublicKey publicKey() {
        return SigningKeys.publicKey(configSigningKey);
    }

    private static String required(Map<String, String> settings, String key) {
        String value = settings.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(CONNECTION_NAME + ": no " + key + " (expected: " + SIGNING_KEY + ", "
                    + TENANT + ", " + CLUSTER + " and " + AGENT + ")");
        }
        return value;
    }
}
