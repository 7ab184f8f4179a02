package io.lightvessel.tenancy;

import java.util.Locale;

/** What a member of a tenant is; each role may do all that the ones before it may. */
public enum Role {
    VIEWER,
    EDITOR,
    ADMIN,
    OWNER;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The one of the two that may do less. */
    public Role atMost(Role bound) {
        return compareTo(bound) <= 0 ? this : bound;
    }

    /** As it is written in sentences. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
