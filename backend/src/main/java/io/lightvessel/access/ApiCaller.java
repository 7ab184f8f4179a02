package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/** A program that showed a valid API token: which token, who answers for it, whose tenant, what it may do now, and how often. */
public record ApiCaller(
        String tokenId, @Nullable String person, TenantId tenant, String tenantSlug, Role role, int requestsPerMinute) {

    public Actor actor() {
        return Actor.token(tokenId, role, person);
    }
}
