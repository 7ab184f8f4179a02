package io.lightvessel.tenancy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.StartupRefused;
import io.lightvessel.testing.ControlPlaneTest;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

@ControlPlaneTest
class IsolationGuardIT {
    @Autowired
    private DataSource app;

    @Autowired
    @Qualifier("ownerDataSource")
    private DataSource owner;

    @AfterEach
    void dropTable() {
        JdbcClient.create(owner).sql("drop table if exists careless").update();
    }

    @Test
    void theShippedSchemaPasses() {
        assertThatCode(() -> new IsolationGuard(app).check()).doesNotThrowAnyException();
    }

    @Test
    void aTenantTableWithoutAPolicyIsRefused() {
        create();

        refused("careless");
    }

    @Test
    void aPolicyThatIsNotForcedIsRefused() {
        create();
        JdbcClient.create(owner).sql("call tenancy_isolate('careless')").update();
        assertThatCode(() -> new IsolationGuard(app).check()).doesNotThrowAnyException();
        JdbcClient.create(owner)
                .sql("alter table careless no force row level security")
                .update();

        refused("careless");
    }

    @Test
    void theOwnerOfTheTablesIsRefusedAsTheRoleToWorkWith() {
        assertThatThrownBy(() -> new IsolationGuard(owner).check())
                .isInstanceOf(StartupRefused.class)
                .hasMessage(
                        "Tenants would not be kept apart, found a database role that row-level security does not bind"
                                + " (superuser, bypassrls or owner of tables): lightvessel_owner (expected: none; connect as a role"
                                + " with none of these).");
    }

    private void create() {
        JdbcClient.create(owner)
                .sql("create table careless (id int, tenant_id uuid)")
                .update();
    }

    private void refused(String table) {
        assertThatThrownBy(() -> new IsolationGuard(app).check())
                .isInstanceOf(StartupRefused.class)
                .hasMessage(
                        "Tenants would not be kept apart, found tables with a tenant_id but without forced row-level"
                                + " security and a tenant policy: " + table
                                + " (expected: none; call tenancy_isolate for each in its migration).");
    }
}
