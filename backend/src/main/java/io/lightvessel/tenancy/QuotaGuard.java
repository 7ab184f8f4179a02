package io.lightvessel.tenancy;

import io.lightvessel.platform.LightvesselException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds tenants to their quotas. Works inside the caller's transaction and tenant. */
@Component
public class QuotaGuard {
    private static final String SELECT =
            "select max_clusters, max_agents, max_revisions, max_requests_per_minute from tenancy_tenant where id = ?";

    private final JdbcClient jdbc;
    private final QuotaSettings settings;
    private final Map<QuotaKind, QuotaUse> uses = new EnumMap<>(QuotaKind.class);

    QuotaGuard(JdbcClient jdbc, QuotaSettings settings, List<QuotaUse> all) {
        this.jdbc = jdbc;
        this.settings = settings;
        all.forEach(use -> uses.put(use.kind(), use));
    }

    /** Refuses one more when there is no room for it. */
    public void requireRoom(QuotaKind kind) {
        int most = roomOf(kind);
        if (most >= 0) {
            throw new LightvesselException(
                    TenancyError.QUOTA_EXCEEDED,
                    "%s: %d of %d are used. Delete what is not needed, or ask the platform's operator for more."
                            .formatted(kind.word(), count(kind), most));
        }
    }

    /** Whether there is room for one more; true for one caller at a time, until its transaction ends. */
    public boolean hasRoom(QuotaKind kind) {
        return roomOf(kind) < 0;
    }

    // The tenant's row is locked first and what is there counted then: two who add at once cannot both take the last
    // place.
    private int roomOf(QuotaKind kind) {
        Quotas quotas = jdbc.sql(SELECT + " for no key update")
                .param(TenantScope.tenant().value())
                .query(this::row)
                .single();
        int most = quotas.of(kind);
        return count(kind) < most ? -1 : most;
    }

    Quotas quotas(TenantId tenant) {
        return jdbc.sql(SELECT).param(tenant.value()).query(this::row).single();
    }

    long count(QuotaKind kind) {
        QuotaUse use = uses.get(kind);
        if (use == null) {
            throw new IllegalStateException("nobody counts " + kind);
        }
        return use.count();
    }

    /** The rate of a tenant whose own one is this. */
    public int requestsPerMinute(@Nullable Integer own) {
        return settings.with(null, null, null, own).requestsPerMinute();
    }

    private Quotas row(ResultSet row, int number) throws SQLException {
        return settings.with(
                row.getObject("max_clusters", Integer.class),
                row.getObject("max_agents", Integer.class),
                row.getObject("max_revisions", Integer.class),
                row.getObject("max_requests_per_minute", Integer.class));
    }
}
