package io.lightvessel.access;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Tenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes in the directory as a part of the transaction they belong to: made when its rows are written, which may refuse them,
 * and undone when it is rolled back.
 */
@Component
class DirectoryChanges {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryChanges.class);
    private final Directory directory;

    DirectoryChanges(Directory directory) {
        this.directory = directory;
    }

    String nameOf(String given) {
        return directory.nameOf(given);
    }

    /** Makes the tenant's organization if it has none. */
    void join(Tenant tenant, String name) {
        if (!directory.hasOrganization(tenant)) {
            change(
                    () -> directory.createOrganization(tenant),
                    () -> directory.dropOrganization(tenant),
                    "the organization %s exists".formatted(tenant.slug()));
        }
        if (!directory.belongs(tenant, name)) {
            change(
                    () -> directory.join(tenant, name),
                    () -> directory.leave(tenant, name),
                    "%s belongs to the organization %s".formatted(name, tenant.slug()));
        }
    }

    void leave(Tenant tenant, String name) {
        if (directory.hasOrganization(tenant) && directory.belongs(tenant, name)) {
            change(
                    () -> directory.leave(tenant, name),
                    () -> directory.join(tenant, name),
                    "%s is out of the organization %s".formatted(name, tenant.slug()));
        }
    }

    private static void change(Runnable change, Runnable undo, String done) {
        try {
            change.run();
        } catch (LightvesselException e) {
            // It may have been done all the same, if only the answer was lost. The rows are still locked now.
            undo(undo, done);
            throw e;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_ROLLED_BACK) {
                    undo(undo, done);
                } else if (status == STATUS_UNKNOWN) {
                    LOG.error(
                            "identity provider: {}, and nobody knows whether the database has it; compare them", done);
                }
            }
        });
    }

    private static void undo(Runnable undo, String done) {
        try {
            undo.run();
        } catch (LightvesselException e) {
            LOG.error("identity provider: {} perhaps, and it could not be undone: {}", done, e.getMessage());
        }
    }
}
