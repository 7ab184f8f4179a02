package io.lightvessel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.LightvesselApplication;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.testing.FreshDataDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts as in production: PostgreSQL and the OpenID provider are elsewhere, and the latter may be down. */
class ExternalServicesIT {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void databaseOfAnAdministrator() throws Exception {
        Path dir = FreshDataDirectory.create();
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(dir.resolve("pg"))
                .setOverrideWorkingDirectory(dir.resolve("programs").toFile())
                .setServerConfig("unix_socket_directories", "")
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role the_owner login password 'o'");
            statement.execute("create role the_app login password 'a'");
            statement.execute("create database control owner the_owner");
            statement.execute("create database careless owner the_owner");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void theControlPlaneStartsOnADatabaseGivenToItWhileTheProviderIsDown() throws Exception {
        try (ConfigurableApplicationContext context = start("control", "the_app", "a")) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(context.getBean(Tenants.class).ensure("acme", "Acme").slug())
                    .isEqualTo("acme");
            assertThat(get(port, "/actuator/health/readiness").body()).contains("UP");
            assertThat(get(port, "/identity/sign-in").statusCode()).isEqualTo(404);
            assertThat(get(port, "/api/v1/tenants/acme/clusters").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void theOwnerOfTheTablesIsRefusedAsTheRoleToWorkWith() {
        assertThatThrownBy(() -> start("careless", "the_owner", "o").close())
                .hasRootCauseInstanceOf(StartupRefused.class)
                .rootCause()
                .hasMessageContaining("a database role that row-level security does not bind");
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static ConfigurableApplicationContext start(String database, String role, String password) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--lightvessel.opamp.port=0",
                "--lightvessel.data-dir=" + FreshDataDirectory.create(),
                "--lightvessel.oidc.issuer-uri=http://127.0.0.1:1/realms/none",
                "--spring.datasource.url="
                        + "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), database),
                "--spring.datasource.username=" + role,
                "--spring.datasource.password=" + password,
                "--spring.flyway.user=the_owner",
                "--spring.flyway.password=o"));
        return new SpringApplicationBuilder(LightvesselApplication.class).run(arguments.toArray(String[]::new));
    }
}
