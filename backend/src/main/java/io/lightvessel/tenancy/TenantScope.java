package io.lightvessel.tenancy;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Binds a tenant and an actor to the running call. Every transaction begun inside sees that tenant's rows; begun outside,
 * it sees none. A transaction never changes its tenant: binding another one inside an open transaction is refused.
 */
public final class TenantScope {
    private record Bound(TenantId tenant, Actor actor) {}

    private static final ScopedValue<Bound> CURRENT = ScopedValue.newInstance();

    private TenantScope() {}

    public static <T> T call(TenantId tenant, Actor actor, Supplier<T> work) {
        return bind(tenant, actor).call(work::get);
    }

    public static void run(TenantId tenant, Actor actor, Runnable work) {
        bind(tenant, actor).run(work);
    }

    /** As {@link #call}, for work that may throw checked exceptions. */
    public static <T> T callChecked(TenantId tenant, Actor actor, Callable<T> work) throws Exception {
        return bind(tenant, actor).call(work::call);
    }

    /** The tenant bound, or a failure of the program: the edge forgot to bind one. */
    public static TenantId tenant() {
        return CURRENT.orElseThrow(() -> new IllegalStateException("no tenant bound to this call"))
                .tenant();
    }

    public static Actor actor() {
        return CURRENT.orElseThrow(() -> new IllegalStateException("no actor bound to this call"))
                .actor();
    }

    public static Optional<TenantId> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get().tenant()) : Optional.empty();
    }

    private static ScopedValue.Carrier bind(TenantId tenant, Actor actor) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && !current().map(tenant::equals).orElse(false)) {
            throw new IllegalStateException("tenant " + tenant.value() + " bound inside a transaction of "
                    + current().map(t -> "tenant " + t.value()).orElse("no tenant")
                    + " (expected: bound before it begins)");
        }
        return ScopedValue.where(CURRENT, new Bound(tenant, actor));
    }
}
