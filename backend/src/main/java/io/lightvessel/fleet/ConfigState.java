package io.lightvessel.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent runs compared to what it should.
 *
 * @param desiredRevision of the cluster's stack
 * @param desiredHash SHA-256 of the text it should run, in hexadecimal
 * @param reportedHash SHA-256 of the text it last spoke about
 */
public record ConfigState(
        ConfigStatus status,
        String reason,
        Instant since,
        @Nullable Long desiredRevision,
        @Nullable String desiredHash,
        @Nullable String reportedHash) {}
