package io.lightvessel.stack;

import io.lightvessel.tenancy.TenantId;

/**
 * A revision is what agents should run from now on: it was saved and nobody has to agree, or somebody did. Published inside the
 * transaction, so listen after its commit to act on it.
 */
public record StackReleased(TenantId tenant, StackRevision revision) {}
