package io.lightvessel.agent.state;

import io.lightvessel.wire.SignedConfig;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A remote config as received.
 *
 * @param yaml the exact bytes that were signed
 * @param hash the hash by which the server calls it
 * @param signature of the control plane
 */
public record StoredConfig(byte[] yaml, byte[] hash, SignedConfig signature) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredConfig that
                && Arrays.equals(yaml, that.yaml)
                && Arrays.equals(hash, that.hash)
                && signature.equals(that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "config of " + yaml.length + " bytes, " + signature;
    }
}
