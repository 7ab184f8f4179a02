package io.lightvessel.tenancy;

import java.util.UUID;

/** Identifies a tenant for good; its slug is what people see. */
public record TenantId(UUID value) {}
