package io.lightvessel.audit;

import org.jspecify.annotations.Nullable;

/**
 * What checking a chain found.
 *
 * @param entries how many are intact, from the first on
 * @param head the hash of the last intact one; noted elsewhere, it also shows when all of the end is replaced
 * @param broken the first one that is not; null when all are
 */
public record Verification(
        long entries, String head, @Nullable Broken broken) {

    /** The first entry that does not fit, and how. */
    public record Broken(long number, String reason) {}
}
