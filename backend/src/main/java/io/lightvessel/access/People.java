package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.tenancy.Unguarded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells who signed in from what the OpenID provider says. Its claim says which tenants someone belongs to, the members of a
 * tenant what they are in it; someone the claim names and nobody made a member looks on.
 */
@Service
@Unguarded("roles are found out here")
public class People {
    private final Tenants tenants;
    private final MemberStore members;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final OidcSettings settings;
    private final Directory directory;

    People(
            Tenants tenants,
            MemberStore members,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            OidcSettings settings,
            Directory directory) {
        this.tenants = tenants;
        this.members = members;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
        this.directory = directory;
    }

    private record Row(TenantId tenant, @Nullable String subject, Role role) {}

    /** Organizations that are no tenants here are left out. */
    public Person of(OidcUser user) {
        Map<TenantId, Row> rows = new HashMap<>();
        jdbc.sql("select * from access_find_memberships(?)")
                .param(user.getName())
                .query((row, number) -> new Row(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getString("subject"),
                        Role.valueOf(row.getString("role"))))
                .list()
                .forEach(row -> rows.put(row.tenant(), row));
        List<Membership> memberships = new ArrayList<>();
        for (Tenant tenant : tenants.findAll(Organizations.of(user.getClaim(Organizations.CLAIM)))) {
            Role role = role(rows.get(tenant.id()), tenant, user);
            if (role != null) {
                memberships.add(new Membership(tenant, role));
            }
        }
        return new Person(user.getName(), memberships);
    }

    private @Nullable Role role(@Nullable Row row, Tenant tenant, OidcUser user) {
        if (row == null) {
            return settings.membersOnly() || directory.membersOnly() ? null : Role.VIEWER;
        }
        String subject = String.valueOf(user.getSubject());
        if (row.subject() == null) {
            TenantScope.run(
                    tenant.id(),
                    Actor.user(user.getName(), row.role()),
                    () -> transaction.executeWithoutResult(status -> members.bind(user.getName(), subject)));
            return row.role();
        }
        // The name passed to someone else: what was granted was not granted to them.
        return row.subject().equals(subject) ? row.role() : null;
    }
}
