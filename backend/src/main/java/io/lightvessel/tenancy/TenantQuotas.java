package io.lightvessel.tenancy;

import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The quotas of the tenant in scope and how much of them is used. */
@Service
public class TenantQuotas {
    private final QuotaGuard guard;

    TenantQuotas(QuotaGuard guard) {
        this.guard = guard;
    }

    /** Quotas beside what is used of those that are counted. */
    public record Usage(Quotas quotas, Map<QuotaKind, Long> used) {

        public long of(QuotaKind kind) {
            return used.getOrDefault(kind, 0L);
        }
    }

    @Requires(Permission.TENANT_READ)
    @Transactional(readOnly = true)
    public Usage usage() {
        Map<QuotaKind, Long> used = new EnumMap<>(QuotaKind.class);
        for (QuotaKind kind : QuotaKind.values()) {
            used.put(kind, guard.count(kind));
        }
        return new Usage(guard.quotas(TenantScope.tenant()), Map.copyOf(used));
    }
}
