package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Whom to let in, and as what. */
public record NewMember(
        @NotNull(message = "expected: a user name")
        @Pattern(
                regexp = "[^\\s/\\p{Cntrl}]{1,200}",
                message = "expected: 1 to 200 characters without spaces or slashes")
        String name,

        @NotNull(message = "expected: VIEWER, EDITOR, ADMIN or OWNER")
        Role role) {}
