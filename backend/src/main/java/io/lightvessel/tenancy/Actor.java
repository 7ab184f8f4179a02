package io.lightvessel.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, as it is written into revisions and logs ({@code user:demo}, {@code token:lvp_4K…}, {@code system:demo}),
 * and what they may do in the tenant they do it in.
 *
 * @param role null for someone who may do nothing that needs a role
 */
public record Actor(String name, @Nullable Role role) {
    private static final String TOKEN = "token:";
    private static final String USER = "user:";

    public static Actor user(String name, @Nullable Role role) {
        return new Actor(USER + name, role);
    }

    public static Actor token(String id, Role role) {
        return new Actor(TOKEN + id, role);
    }

    /** A part of the control plane itself. */
    public static Actor system(String name) {
        return new Actor("system:" + name, Role.OWNER);
    }

    /** Someone who runs the platform; that gives no role in any tenant. */
    public static Actor operator(String name) {
        return new Actor("operator:" + name, null);
    }

    public boolean may(Permission permission) {
        return role != null && role.includes(permission.role());
    }

    /** The name without its kind, if this is a person. */
    public @Nullable String person() {
        return name.startsWith(USER) ? name.substring(USER.length()) : null;
    }

    /** The token's id, if this is a program with an API token. */
    public @Nullable String tokenId() {
        return name.startsWith(TOKEN) ? name.substring(TOKEN.length()) : null;
    }
}
