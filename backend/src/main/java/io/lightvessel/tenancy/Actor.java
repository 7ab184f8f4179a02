package io.lightvessel.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, as it is written into revisions and logs ({@code user:demo}, {@code token:lvp_4K…}, {@code system:demo}),
 * and what they may do in the tenant they do it in.
 *
 * @param role null for someone who may do nothing that needs a role
 * @param person who does it, or answers for the token that does; null for the control plane and what it made
 */
public record Actor(
        String name, @Nullable Role role, @Nullable String person) {
    private static final String TOKEN = "token:";
    private static final String USER = "user:";

    public static Actor user(String name, @Nullable Role role) {
        return new Actor(USER + name, role, name);
    }

    /** @param person who answers for the token; null for one the control plane made */
    public static Actor token(String id, Role role, @Nullable String person) {
        return new Actor(TOKEN + id, role, person);
    }

    /** A part of the control plane itself. */
    public static Actor system(String name) {
        return new Actor("system:" + name, Role.OWNER, null);
    }

    /** Someone who runs the platform; that gives no role in any tenant. */
    public static Actor operator(String name) {
        return new Actor("operator:" + name, null, null);
    }

    public boolean may(Permission permission) {
        return role != null && role.includes(permission.role());
    }

    /** The name of the person behind it, in the form of {@link #name}; or the name itself where there is none. */
    public String answerable() {
        return person == null ? name : USER + person;
    }
}
