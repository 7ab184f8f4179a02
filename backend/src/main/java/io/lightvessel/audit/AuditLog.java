package io.lightvessel.audit;

import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The audit log of the tenant in scope: reading it, and checking that it is whole. */
@Service
public class AuditLog {
    private static final int BATCH = 1000;

    private final AuditStore store;

    AuditLog(AuditStore store) {
        this.store = store;
    }

    /** Latest first. */
    @Requires(Permission.AUDIT_READ)
    @Transactional(readOnly = true)
    public Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
        return Page.of(
                store.list(filter, request.before(Long.MAX_VALUE), request.size() + 1),
                request,
                entry -> Long.toString(entry.number()));
    }

    /** Reads the whole chain and computes it anew; what is appended meanwhile is not looked at. */
    @Requires(Permission.AUDIT_READ)
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify() {
        long number = 0;
        String hash = AuditEntry.GENESIS;
        List<AuditEntry> batch = store.chain(number, BATCH);
        while (!batch.isEmpty()) {
            for (AuditEntry entry : batch) {
                String reason = misfit(entry, number + 1, hash);
                if (reason != null) {
                    return new Verification(number, hash, new Verification.Broken(number + 1, reason));
                }
                number++;
                hash = entry.hash();
            }
            batch = store.chain(number, BATCH);
        }
        return end(number, hash);
    }

    private static @Nullable String misfit(AuditEntry entry, long expected, String previous) {
        if (entry.number() != expected) {
            return "entry %d is missing: after %d comes %d".formatted(expected, expected - 1, entry.number());
        }
        if (!entry.previousHash().equals(previous)) {
            return "entry %d does not follow entry %d: one of them was replaced or moved"
                    .formatted(expected, expected - 1);
        }
        return entry.hash().equals(Chain.hash(TenantScope.tenant(), entry))
                ? null
                : "entry %d is not as it was written".formatted(expected);
    }

    private Verification end(long number, String hash) {
        AuditStore.Head head = store.head().orElse(new AuditStore.Head(0, AuditEntry.GENESIS));
        if (head.number() != number) {
            String reason = head.number() > number
                    ? "entry %d is missing: the log ended with %d".formatted(number + 1, head.number())
                    : "entry %d came after the log's end, which is %d".formatted(head.number() + 1, head.number());
            return new Verification(
                    Math.min(number, head.number()),
                    hash,
                    new Verification.Broken(Math.min(number, head.number()) + 1, reason));
        }
        return head.hash().equals(hash)
                ? new Verification(number, hash, null)
                : new Verification(
                        number - 1,
                        hash,
                        new Verification.Broken(
                                number, "entry %d is not the one the log ended with".formatted(number)));
    }
}
