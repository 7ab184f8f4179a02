package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import java.time.Instant;

/**
 * Someone with a role in a tenant.
 *
 * @param name what the OpenID provider knows them by
 * @param hasSignedIn false while they have only been invited
 */
public record Member(String name, Role role, boolean hasSignedIn, Instant addedAt, String addedBy) {}
