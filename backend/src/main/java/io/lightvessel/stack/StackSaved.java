package io.lightvessel.stack;

import io.lightvessel.tenancy.TenantId;

/** A revision was saved; published inside the transaction, so listen after its commit to act on it. */
public record StackSaved(TenantId tenant, StackRevision revision) {}
