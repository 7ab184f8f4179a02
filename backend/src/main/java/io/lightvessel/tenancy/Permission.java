package io.lightvessel.tenancy;

/** What can be done in a tenant, and the least role that may do it. */
public enum Permission {
    TENANT_READ(Role.VIEWER, "Looking at the organisation", false),
    MEMBER_READ(Role.VIEWER, "Looking at members", false),
    MEMBER_WRITE(Role.ADMIN, "Changing members", true),
    CLUSTER_READ(Role.VIEWER, "Looking at clusters", false),
    CLUSTER_CREATE(Role.EDITOR, "Connecting a cluster", true),
    CLUSTER_DELETE(Role.ADMIN, "Deleting a cluster", true),
    AGENT_READ(Role.VIEWER, "Looking at agents", false),
    AGENT_DELETE(Role.EDITOR, "Deleting an agent", true),
    STACK_READ(Role.VIEWER, "Looking at stacks", false),
    STACK_WRITE(Role.EDITOR, "Changing a stack", true),
    STACK_APPROVE(Role.EDITOR, "Approving or rejecting a stack", true),
    STACK_RULES(Role.OWNER, "Changing who has to approve stacks", true),
    ENROLMENT_READ(Role.VIEWER, "Looking at enrolment tokens", false),
    ENROLMENT_WRITE(Role.EDITOR, "Changing enrolment tokens", true),
    API_TOKEN_READ(Role.ADMIN, "Looking at API tokens", false),
    API_TOKEN_WRITE(Role.ADMIN, "Changing API tokens", true),
    AUDIT_READ(Role.ADMIN, "Looking at the audit log", false);

    private final Role role;
    private final String action;
    private final boolean change;

    Permission(Role role, String action, boolean change) {
        this.role = role;
        this.action = action;
        this.change = change;
    }

    public Role role() {
        return role;
    }

    /** Whether using it leaves something different behind. */
    public boolean isChange() {
        return change;
    }

    /** Why it is refused, for people: {@code Deleting a cluster needs the role admin.} */
    public String reason() {
        return "%s needs the role %s.".formatted(action, role.word());
    }
}
