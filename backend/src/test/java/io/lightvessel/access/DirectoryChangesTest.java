package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of changes in the directory when something fails halfway. */
class DirectoryChangesTest {
    private static final Tenant ACME = new Tenant(new TenantId(UUID.randomUUID()), "acme", "Acme", Instant.EPOCH);
    private final Remembering directory = new Remembering();
    private final DirectoryChanges changes = new DirectoryChanges(directory);
    private final TransactionTemplate transaction = new TransactionTemplate(new NoDatabase());

    @Test
    void whatIsCommittedStays() {
        transaction.executeWithoutResult(status -> changes.join(ACME, "bea"));
        assertThat(directory.state).containsExactly("acme", "acme/bea");

        transaction.executeWithoutResult(status -> changes.leave(ACME, "bea"));
        assertThat(directory.state).containsExactly("acme");
    }

    @Test
    void whatIsRolledBackIsUndone() {
        transaction.executeWithoutResult(status -> {
            changes.join(ACME, "bea");
            status.setRollbackOnly();
        });
        assertThat(directory.state).isEmpty();

        directory.state.addAll(List.of("acme", "acme/bea"));
        transaction.executeWithoutResult(status -> {
            changes.leave(ACME, "bea");
            status.setRollbackOnly();
        });
        assertThat(directory.state).containsExactly("acme", "acme/bea");
    }

    @Test
    void whatWasSoBeforeIsNotUndone() {
        directory.state.addAll(List.of("acme", "acme/bea"));
        transaction.executeWithoutResult(status -> {
            changes.join(ACME, "bea");
            status.setRollbackOnly();
        });
        assertThat(directory.state).containsExactly("acme", "acme/bea");
    }

    @Test
    void aChangeWhoseAnswerWasLostIsUndoneWithTheOnesBeforeIt() {
        directory.answersLost.add("join");
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> changes.join(ACME, "bea")))
                .isInstanceOf(LightvesselException.class)
                .hasMessage("no answer");
        assertThat(directory.state).isEmpty();
        assertThat(directory.calls).containsExactly("create", "join", "leave", "drop");
    }

    @Test
    void theFirstFailureIsToldEvenWhenUndoingFailsToo() {
        directory.answersLost.addAll(List.of("join", "leave"));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> changes.join(ACME, "bea")))
                .hasMessage("no answer");
    }

    private static final class Remembering implements Directory {
        private final TreeSet<String> state = new TreeSet<>();
        private final List<String> calls = new ArrayList<>();
        private final List<String> answersLost = new ArrayList<>();

        @Override
        public boolean membersOnly() {
            return true;
        }

        @Override
        public String nameOf(String given) {
            return given;
        }

        @Override
        public boolean hasOrganization(Tenant tenant) {
            return state.contains(tenant.slug());
        }

        @Override
        public void createOrganization(Tenant tenant) {
            state.add(tenant.slug());
            answer("create");
        }

        @Override
        public void dropOrganization(Tenant tenant) {
            state.remove(tenant.slug());
            answer("drop");
        }

        @Override
        public boolean belongs(Tenant tenant, String name) {
            return state.contains(tenant.slug() + "/" + name);
        }

        @Override
        public void join(Tenant tenant, String name) {
            state.add(tenant.slug() + "/" + name);
            answer("join");
        }

        @Override
        public void leave(Tenant tenant, String name) {
            state.remove(tenant.slug() + "/" + name);
            answer("leave");
        }

        private void answer(String call) {
            calls.add(call);
            if (answersLost.contains(call)) {
                throw new LightvesselException(AccessError.DIRECTORY_UNAVAILABLE, "no answer");
            }
        }
    }

    private static final class NoDatabase extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
