package io.lightvessel.tenancy;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class TenancyConfiguration {

    @Bean
    PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
        return new TenantTransactionManager(factory);
    }

    @Bean
    @DependsOnDatabaseInitialization
    IsolationGuard isolationGuard(DataSource dataSource) {
        IsolationGuard guard = new IsolationGuard(dataSource);
        guard.check();
        return guard;
    }
}
