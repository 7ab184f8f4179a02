package io.lightvessel.tenancy;

import java.time.Instant;

/** A customer organisation. */
public record Tenant(TenantId id, String slug, String name, Instant createdAt) {}
