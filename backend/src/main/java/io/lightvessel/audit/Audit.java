package io.lightvessel.audit;

import io.lightvessel.platform.RequestId;
import io.lightvessel.tenancy.TenantScope;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what changes a tenant's state, in the transaction that changes it: both are kept or neither is. What is said of
 * before and after is for people to read and never holds a secret.
 */
@Component
public class Audit {
    private final AuditStore store;
    private final EntityManagerFactory entities;
    private final JsonMapper json;
    private final Clock clock;

    Audit(AuditStore store, EntityManagerFactory entities, JsonMapper json, Clock clock) {
        this.store = store;
        this.entities = entities;
        this.json = json;
        this.clock = clock;
    }

    private record Change(
            String action,
            String target,
            @Nullable String before,
            @Nullable String after) {}

    /** Something is there that was not. */
    public void created(String action, String target, Map<String, ?> after) {
        changed(action, target, null, after);
    }

    /** Something is gone. */
    public void deleted(String action, String target, Map<String, ?> before) {
        changed(action, target, before, null);
    }

    /**
     * Something is different.
     *
     * @param action kind and verb, {@code cluster.create}
     * @param target kind and id, {@code cluster/prod}
     */
    public void changed(String action, String target, @Nullable Map<String, ?> before, @Nullable Map<String, ?> after) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(action + ": no transaction (expected: that of the change)");
        }
        pending().add(new Change(action, target, text(before), text(after)));
    }

    /** Nothing turned out to be different: it was so before. */
    public void unchanged() {
        pending();
    }

    /** Whether the running transaction has said what it changes. */
    boolean isTold() {
        return TransactionSynchronizationManager.hasResource(this);
    }

    private @Nullable String text(@Nullable Map<String, ?> state) {
        return state == null ? null : json.writeValueAsString(new TreeMap<>(state));
    }

    @SuppressWarnings("unchecked")
    private List<Change> pending() {
        List<Change> known = (List<Change>) TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return known;
        }
        List<Change> changes = new ArrayList<>();
        TransactionSynchronizationManager.bindResource(this, changes);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                if (!changes.isEmpty()) {
                    append(changes);
                }
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(Audit.this);
            }
        });
        return changes;
    }

    /**
     * The end of the chain is locked last of all, after everything the change itself locks: transactions that wait for it hold
     * nothing that its holder could want, so there is no deadlock.
     */
    private void append(List<Change> changes) {
        EntityManager entitiesOfThisTransaction = EntityManagerFactoryUtils.getTransactionalEntityManager(entities);
        if (entitiesOfThisTransaction != null) {
            entitiesOfThisTransaction.flush();
        }
        AuditStore.Head head = store.lock();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String request = RequestId.current();
        long number = head.number();
        String previous = head.hash();
        for (Change change : changes) {
            number++;
            AuditEntry entry = Chain.sealed(
                    TenantScope.tenant(),
                    new AuditEntry(
                            number,
                            now,
                            TenantScope.actor().name(),
                            change.action(),
                            change.target(),
                            request,
                            change.before(),
                            change.after(),
                            previous,
                            ""));
            store.append(entry);
            previous = entry.hash();
        }
        store.moveHead(number, previous);
    }
}
