package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;

/** A tenant someone may enter, and what they are there. */
public record Membership(Tenant tenant, Role role) {}
