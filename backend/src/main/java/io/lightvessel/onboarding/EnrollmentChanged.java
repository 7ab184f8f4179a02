package io.lightvessel.onboarding;

import io.lightvessel.tenancy.TenantId;

/** A token was created, used, refused or revoked. */
public record EnrollmentChanged(TenantId tenant, String token) {}
