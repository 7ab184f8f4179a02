package io.lightvessel.stack;

import io.lightvessel.tenancy.Role;
import org.jspecify.annotations.Nullable;

/** Who has to agree to a tenant's revisions before agents run them. */
public enum ApprovalRule {
    NONE(null),
    EDITOR(Role.EDITOR),
    ADMIN(Role.ADMIN);

    private final @Nullable Role least;

    ApprovalRule(@Nullable Role least) {
        this.least = least;
    }

    /** The least role of who agrees; null when nobody has to. */
    public @Nullable Role least() {
        return least;
    }
}
