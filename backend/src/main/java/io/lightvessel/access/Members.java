package io.lightvessel.access;

import io.lightvessel.audit.Audit;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.RoleGuard;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may enter the tenant in scope, and as what. Nobody gives or takes a role above their own; one owner always stays. */
@Service
@Transactional
public class Members {
    private final MemberStore members;
    private final DirectoryChanges directory;
    private final Tenants tenants;
    private final FieldErrors constraints;
    private final Audit audit;
    private final Clock clock;

    Members(
            MemberStore members,
            DirectoryChanges directory,
            Tenants tenants,
            FieldErrors constraints,
            Audit audit,
            Clock clock) {
        this.members = members;
        this.directory = directory;
        this.tenants = tenants;
        this.constraints = constraints;
        this.audit = audit;
        this.clock = clock;
    }

    /** By name. */
    @Requires(Permission.MEMBER_READ)
    @Transactional(readOnly = true)
    public Page<Member> list(PageRequest request) {
        return Page.of(members.list(request), request, Member::name);
    }

    @Requires(Permission.MEMBER_READ)
    @Transactional(readOnly = true)
    public Member get(String name) {
        return members.find(name).orElseThrow(() -> notFound(name));
    }

    /** Lets someone in, from their next sign-in on; under the name the identity provider knows them by. */
    @Requires(Permission.MEMBER_WRITE)
    public Member add(NewMember request) {
        constraints.check(request);
        RoleGuard.requireAtLeast(
                request.role(), "Giving the role " + request.role().word());
        Member member = new Member(
                directory.nameOf(request.name()),
                request.role(),
                false,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                TenantScope.actor().name());
        if (!members.insert(member)) {
            throw new LightvesselException(
                    AccessError.MEMBER_EXISTS,
                    "%s is a member already. Change the role instead.".formatted(member.name()));
        }
        directory.join(tenant(), member.name());
        audit.created("member.add", target(member.name()), summary(member.role()));
        return member;
    }

    /** Takes effect with the person's next click, and for the API tokens they made with the next request. */
    @Requires(Permission.MEMBER_WRITE)
    public Member changeRole(String name, Role role) {
        // Before the member is read: what is read is what the lock left.
        List<String> owners = members.lockOwners();
        Member before = get(name);
        RoleGuard.requireAtLeast(before.role(), "Changing " + article(before.role()));
        RoleGuard.requireAtLeast(role, "Giving the role " + role.word());
        if (role != Role.OWNER) {
            requireAnotherOwner(owners, name);
        }
        members.changeRole(name, role);
        if (role != before.role()) {
            audit.changed("member.change_role", target(name), summary(before.role()), summary(role));
        } else {
            audit.unchanged();
        }
        return get(name);
    }

    @Requires(Permission.MEMBER_WRITE)
    public void remove(String name) {
        List<String> owners = members.lockOwners();
        Member member = get(name);
        RoleGuard.requireAtLeast(member.role(), "Removing " + article(member.role()));
        requireAnotherOwner(owners, name);
        members.delete(name);
        directory.leave(tenant(), name);
        audit.deleted("member.remove", target(name), summary(member.role()));
    }

    private Tenant tenant() {
        return tenants.find(TenantScope.tenant()).orElseThrow();
    }

    private static String target(String member) {
        return "member/" + member;
    }

    private static Map<String, ?> summary(Role role) {
        return Map.of("role", role);
    }

    private static void requireAnotherOwner(List<String> owners, String leaving) {
        if (owners.equals(List.of(leaving))) {
            throw new LightvesselException(
                    AccessError.LAST_OWNER,
                    "%s is the only owner. Make someone else an owner first.".formatted(leaving));
        }
    }

    private static String article(Role role) {
        return (role == Role.VIEWER ? "a " : "an ") + role.word();
    }

    private static LightvesselException notFound(String name) {
        return new LightvesselException(
                AccessError.MEMBER_NOT_FOUND, "There is no member %s in this tenant.".formatted(name));
    }
}
