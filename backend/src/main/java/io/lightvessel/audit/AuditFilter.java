package io.lightvessel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; what is null is not asked for.
 *
 * @param actor the whole name, {@code user:ada}
 * @param action the whole action, or with {@code .*} at its end all of a kind: {@code cluster.*}
 * @param target the whole target, {@code cluster/prod}
 * @param from this moment or later
 * @param until before this moment
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
