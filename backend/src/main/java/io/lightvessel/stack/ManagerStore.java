package io.lightvessel.stack;

import io.lightvessel.tenancy.TenantScope;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What owns which stack and blueprint, as it is stored for the tenant in scope. */
@Component
class ManagerStore {
    private final JdbcClient jdbc;

    ManagerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Manager> find(Owned owned) {
        return read(owned, "");
    }

    /** As {@link #find}, and keeps it so until the transaction ends. */
    Optional<Manager> lock(Owned owned) {
        return read(owned, " for update");
    }

    /** Fails to where something else has come first. */
    boolean insert(Owned owned, Manager manager) {
        return jdbc.sql("insert into %s (tenant_id, %s, kind, ref) values (?, ?, ?, ?) on conflict do nothing"
                                .formatted(owned.table(), owned.column()))
                        .params(
                                TenantScope.tenant().value(),
                                owned.key(),
                                manager.kind().name(),
                                manager.ref())
                        .update()
                == 1;
    }

    void update(Owned owned, Manager manager) {
        jdbc.sql("update %s set kind = ?, ref = ? where %s = ?".formatted(owned.table(), owned.column()))
                .params(manager.kind().name(), manager.ref(), owned.key())
                .update();
    }

    private Optional<Manager> read(Owned owned, String locking) {
        return jdbc.sql("select kind, ref from %s where %s = ?".formatted(owned.table(), owned.column()) + locking)
                .param(owned.key())
                .query((row, index) -> new Manager(Manager.Kind.valueOf(row.getString("kind")), row.getString("ref")))
                .optional();
    }
}
