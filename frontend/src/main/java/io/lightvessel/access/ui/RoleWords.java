package io.lightvessel.access.ui;

import io.lightvessel.platform.ui.Org;
import io.lightvessel.tenancy.Role;
import java.util.Arrays;
import java.util.List;

/** Words what a role may do. */
final class RoleWords {

    private RoleWords() {}

    static String of(Role role) {
        return switch (role) {
            case VIEWER -> "Viewer";
            case EDITOR -> "Editor";
            case ADMIN -> "Admin";
            case OWNER -> "Owner";
        };
    }

    static String explain(Role role) {
        return switch (role) {
            case VIEWER -> "Sees clusters, agents, stacks and members; changes nothing.";
            case EDITOR -> "Also connects clusters, changes stacks and enrolment tokens, deletes agents.";
            case ADMIN -> "Also deletes clusters, manages members and API tokens, reads the audit log.";
            case OWNER -> "Also makes and removes owners.";
        };
    }

    /** The roles somebody may give: up to their own. */
    static List<Role> within(Org org) {
        Role own = org.actor().role();
        return Arrays.stream(Role.values())
                .filter(role -> own != null && own.includes(role))
                .toList();
    }
}
