package io.lightvessel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.StartupRefused;
import io.lightvessel.testing.ControlPlaneTest;
import java.nio.file.Files;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ControlPlaneTest
class EmbeddedDatabaseIT {
    @Autowired
    private DataSource dataSource;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private LightvesselSettings settings;

    @Test
    void nobodyGetsInWithoutAPassword() throws Exception {
        String url = dataSource.unwrap(HikariDataSource.class).getJdbcUrl();
        for (String role : new String[] {"postgres", "lightvessel_owner", "lightvessel_app"}) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(url, role, "guess").close())
                    .as(role)
                    .hasMessageContaining("password authentication failed for user \"" + role + "\"");
        }
    }

    @Test
    void whatIsCommittedIsOnDisk() {
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            assertThat(jdbc.sql("show " + setting).query(String.class).single())
                    .as(setting)
                    .isEqualTo("on");
        }
    }

    @Test
    void theServersLogIsAFile() {
        assertThat(settings.dataDir().resolve("postgres.log")).isNotEmptyFile();
    }

    @Test
    void aSecondServerOnTheSameDataIsRefused() {
        assertThat(Files.exists(settings.dataDir().resolve("lock"))).isTrue();
        assertThatThrownBy(() -> EmbeddedDatabase.start(settings.dataDir()).close())
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining("is in use by another control plane");
    }
}
