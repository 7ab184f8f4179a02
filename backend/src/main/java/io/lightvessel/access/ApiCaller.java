package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantId;

/** A program that showed a valid API token: which token, whose tenant, what it may do now, and how often. */
public record ApiCaller(String tokenId, TenantId tenant, String tenantSlug, Role role, int requestsPerMinute) {

    public Actor actor() {
        return Actor.token(tokenId, role);
    }
}
