package io.lightvessel.access;

import io.lightvessel.audit.Audit;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.NewQuotas;
import io.lightvessel.tenancy.Quotas;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.tenancy.Unguarded;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What an operator does: makes tenants and says how much they may use. What is in a tenant stays out of reach. */
@Service
@Unguarded("takes an Operator, whom only the operators' door makes")
public class TenantAdministration {
    private final Tenants tenants;
    private final MemberStore members;
    private final DirectoryChanges directory;
    private final FieldErrors constraints;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TenantAdministration(
            Tenants tenants,
            MemberStore members,
            DirectoryChanges directory,
            FieldErrors constraints,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.tenants = tenants;
        this.members = members;
        this.directory = directory;
        this.constraints = constraints;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A tenant with what it may use. */
    public record Administered(Tenant tenant, Quotas quotas) {}

    /** By slug. */
    public Page<Administered> list(Operator operator, PageRequest request) {
        return Page.of(
                tenants.page(request).stream().map(this::administered).toList(),
                request,
                found -> found.tenant().slug());
    }

    public Administered get(Operator operator, String slug) {
        return administered(tenants.get(slug));
    }

    public Administered create(Operator operator, NewTenant request) {
        constraints.check(request);
        TenantId id = new TenantId(UUID.randomUUID());
        return TenantScope.call(
                id,
                operator.actor(),
                () -> transaction.execute(status -> {
                    Tenant tenant = tenants.create(id, request.slug(), request.name());
                    String owner = directory.nameOf(request.owner());
                    members.insert(new Member(
                            owner,
                            Role.OWNER,
                            false,
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            operator.actor().name()));
                    directory.join(tenant, owner);
                    audit.created(
                            "tenant.create",
                            "tenant/" + request.slug(),
                            Map.of("name", request.name(), "owner", owner));
                    return administered(tenant);
                }));
    }

    public Administered setQuotas(Operator operator, String slug, NewQuotas wanted) {
        constraints.check(wanted);
        Tenant tenant = tenants.get(slug);
        return TenantScope.call(
                tenant.id(),
                operator.actor(),
                () -> transaction.execute(status -> {
                    Quotas before = tenants.quotas(tenant.id());
                    tenants.setQuotas(tenant.id(), wanted);
                    Quotas after = tenants.quotas(tenant.id());
                    audit.changed("tenant.set_quotas", "tenant/" + slug, summary(before), summary(after));
                    return new Administered(tenant, after);
                }));
    }

    private Administered administered(Tenant tenant) {
        return new Administered(tenant, tenants.quotas(tenant.id()));
    }

    private static Map<String, ?> summary(Quotas quotas) {
        Map<String, Object> summary = new HashMap<>();
        summary.put("clusters", quotas.clusters());
        summary.put("agents", quotas.agents());
        summary.put("revisions", quotas.revisions());
        summary.put("requestsPerMinute", quotas.requestsPerMinute());
        return summary;
    }
}
