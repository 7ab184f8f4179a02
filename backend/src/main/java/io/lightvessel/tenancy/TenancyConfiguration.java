package io.lightvessel.tenancy;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true, order = TenancyConfiguration.TRANSACTION)
class TenancyConfiguration {
    /** Transactions are within the question for the role and around what is written down of a change. */
    static final int TRANSACTION = 0;

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

    /** Before any transaction begins: who is refused costs no connection. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor roleGuard() {
        DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(Requires.class), new RoleGuard());
        advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return advisor;
    }
}
