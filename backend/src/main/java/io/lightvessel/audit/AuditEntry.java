package io.lightvessel.audit;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One change of a tenant's state.
 *
 * @param number counts from 1 without gaps
 * @param before what there was, as a JSON object without secrets; null for something new
 * @param after what there is now; null for something that is gone
 * @param hash SHA-256 over the hash before and everything else, in hexadecimal
 */
public record AuditEntry(
        long number,
        Instant at,
        String actor,
        String action,
        String target,
        String requestId,
        @Nullable String before,
        @Nullable String after,
        String previousHash,
        String hash) {

    /** The hash before the first entry. */
    static final String GENESIS = "00".repeat(32);

    byte[] previousBytes() {
        return HexFormat.of().parseHex(previousHash);
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }
}
