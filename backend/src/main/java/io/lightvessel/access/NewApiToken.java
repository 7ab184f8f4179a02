package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What someone says about a token when making it; without an expiry it is valid until revoked. */
public record NewApiToken(
        @NotNull(message = "expected: a name") @Size(min = 1, max = 80, message = "expected: 1 to 80 characters")
        String name,

        @NotNull(message = "expected: VIEWER, EDITOR, ADMIN or OWNER, at most your own")
        Role role,

        @Future(message = "expected: a time in the future") @Nullable
        Instant expiresAt) {}
