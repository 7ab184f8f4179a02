package io.lightvessel.platform.postgres;

import io.lightvessel.platform.LightvesselSettings;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("lightvessel.embedded.enabled")
class EmbeddedPostgresConfiguration {

    @Bean
    EmbeddedDatabase embeddedDatabase(LightvesselSettings settings) {
        return EmbeddedDatabase.start(settings.dataDir());
    }

    @Bean
    @FlywayDataSource
    DataSource ownerDataSource(EmbeddedDatabase database) {
        return database.owner();
    }

    @Bean
    @Primary
    DataSource dataSource(EmbeddedDatabase database) {
        return database.app();
    }
}
