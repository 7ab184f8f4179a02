package io.lightvessel.tenancy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** What a tenant's quotas become; what is not said is what the platform gives everyone. */
public record NewQuotas(
        @Min(value = 0, message = "expected: 0 or more")
        @Max(value = 1_000_000, message = "expected: at most 1000000")
        @Nullable
        Integer clusters,

        @Min(value = 0, message = "expected: 0 or more")
        @Max(value = 10_000_000, message = "expected: at most 10000000")
        @Nullable
        Integer agents,

        @Min(value = 0, message = "expected: 0 or more")
        @Max(value = 100_000_000, message = "expected: at most 100000000")
        @Nullable
        Integer revisions,

        @Min(value = 1, message = "expected: 1 or more")
        @Max(value = 10_000_000, message = "expected: at most 10000000")
        @Nullable
        Integer requestsPerMinute) {}
