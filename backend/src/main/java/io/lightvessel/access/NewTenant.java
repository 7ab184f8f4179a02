package io.lightvessel.access;

import io.lightvessel.platform.Slug;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A tenant to make, and who owns it from the start. */
public record NewTenant(
        @NotNull(message = "expected: " + Slug.EXPECTED) String slug,

        @NotNull(message = "expected: a name") @Size(min = 1, max = 80, message = "expected: 1 to 80 characters")
        String name,

        @NotNull(message = "expected: a user name")
        @Pattern(
                regexp = "[^\\s/\\p{Cntrl}]{1,200}",
                message = "expected: 1 to 200 characters without spaces or slashes")
        String owner) {}
