package io.lightvessel.tenancy;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/** Tells PostgreSQL the tenant of each transaction as it begins; the setting ends with the transaction, so pooling is safe. */
class TenantTransactionManager extends JpaTransactionManager {
    private static final long serialVersionUID = 1L;

    TenantTransactionManager(EntityManagerFactory factory) {
        super(factory);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        TenantId tenant = TenantScope.current().orElse(null);
        if (tenant == null) {
            return;
        }
        try {
            announce(tenant);
        } catch (SQLException e) {
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException("cannot set the tenant of a transaction", e);
        }
    }

    private void announce(TenantId tenant) throws SQLException {
        DataSource source = getDataSource();
        if (source == null) {
            throw new IllegalStateException("the transaction manager has no data source");
        }
        // The transaction's own connection; it is released when the transaction ends.
        Connection connection = DataSourceUtils.getConnection(source);
        try (PreparedStatement set = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            set.setString(1, tenant.value().toString());
            set.execute();
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }
}
