package io.lightvessel.onboarding.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.wire.AgentRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to create a token. What is not said is what is safest: one use, one day.
 *
 * @param cluster slug
 * @param role gateway, collector or edge; any when not said
 * @param maxUses one when not said
 * @param unlimitedUses instead of a number
 * @param validFor ISO 8601 duration, a day when not said
 * @param neverExpires instead of a duration
 */
record NewTokenBody(
        @Nullable String cluster,
        @Nullable String label,
        @Nullable String role,
        @Nullable Integer maxUses,
        @Nullable Boolean unlimitedUses,
        @Nullable Duration validFor,
        @Nullable Boolean neverExpires) {

    NewEnrollmentToken request(Cluster found) {
        boolean unlimited = Boolean.TRUE.equals(unlimitedUses);
        boolean forEver = Boolean.TRUE.equals(neverExpires);
        if (unlimited && maxUses != null) {
            throw contradiction("/maxUses", "maxUses: " + maxUses + " (expected: none beside unlimitedUses)");
        }
        if (forEver && validFor != null) {
            throw contradiction("/validFor", "validFor: " + validFor + " (expected: none beside neverExpires)");
        }
        return new NewEnrollmentToken(
                label == null ? "API" : label,
                found.id(),
                parsedRole(),
                unlimited ? null : maxUses == null ? Integer.valueOf(1) : maxUses,
                forEver ? null : validFor == null ? Duration.ofDays(1) : validFor);
    }

    private @Nullable AgentRole parsedRole() {
        return role == null
                ? null
                : AgentRole.ofWireName(role.toLowerCase(Locale.ROOT))
                        .orElseThrow(() ->
                                contradiction("/role", "role: " + role + " (expected: gateway, collector or edge)"));
    }

    private static RuntimeException contradiction(String pointer, String detail) {
        return FieldErrors.invalid(List.of(new FieldError(pointer, "invalid", detail)));
    }
}
