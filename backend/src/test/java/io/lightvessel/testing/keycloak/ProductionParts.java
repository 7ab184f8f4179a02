package io.lightvessel.testing.keycloak;

import io.lightvessel.testing.FreshDataDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** What stands beside a control plane in production: a database with two roles, a Keycloak, and an operator's token. */
class ProductionParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    static final String OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path data = FreshDataDirectory.create();
            Path operator = Files.writeString(data.resolve("operator"), OPERATOR_TOKEN);
            Path secret = Files.writeString(data.resolve("console-secret"), KeycloakServer.CONSOLE_SECRET + "\n");
            EmbeddedPostgres postgres = database(data);
            KeycloakServer keycloak = new KeycloakServer();
            context.getBeanFactory().registerSingleton("keycloak", keycloak);
            context.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> {
                keycloak.close();
                close(postgres);
            });
            TestPropertyValues.of(
                            "lightvessel.data-dir=" + data,
                            "lightvessel.operator.token-file=" + operator,
                            "lightvessel.oidc.issuer-uri=" + keycloak.issuer(),
                            "lightvessel.oidc.client-secret-file=" + secret,
                            "lightvessel.keycloak.client-secret=" + KeycloakServer.ADMIN_SECRET,
                            "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/lightvessel",
                            "spring.datasource.username=app",
                            "spring.datasource.password=app",
                            "spring.flyway.user=owner",
                            "spring.flyway.password=owner")
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres database(Path data) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("postgres"))
                .setOverrideWorkingDirectory(data.resolve("postgres-programs").toFile())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role owner login password 'owner'");
            statement.execute("create role app login password 'app'");
            statement.execute("create database lightvessel owner owner");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres;
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
