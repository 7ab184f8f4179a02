package io.lightvessel.platform.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server in the data directory that lives as long as this process: one role owns the tables, another, which
 * owns nothing, is what the control plane works with.
 */
class EmbeddedDatabase implements AutoCloseable {
    static final String APP_ROLE = "lightvessel_app";
    private static final String OWNER_ROLE = "lightvessel_owner";
    private static final String DATABASE = "lightvessel";
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final DataDirectoryLock lock;
    private final EmbeddedPostgres server;
    private final String superuserPassword;
    // Nobody else needs them, so each start makes new ones and none is kept on disk.
    private final String ownerPassword = newPassword();
    private final String appPassword = newPassword();

    private EmbeddedDatabase(DataDirectoryLock lock, EmbeddedPostgres server, String superuserPassword) {
        this.lock = lock;
        this.server = server;
        this.superuserPassword = superuserPassword;
    }

    static EmbeddedDatabase start(Path dataDir) {
        DataDirectoryLock lock = DataDirectoryLock.acquire(dataDir);
        try {
            return start(dataDir, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedDatabase start(Path dataDir, DataDirectoryLock lock) {
        Path data = dataDir.resolve("postgres");
        Path serverLog = dataDir.resolve("postgres.log");
        Path passwordFile = dataDir.resolve("keys").resolve("postgres");
        try {
            boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
            String password = superuserPassword(passwordFile, fresh);
            OrphanedPostmaster.stop(data);
            if (fresh) {
                log.info("PostgreSQL: creating a database in {}", data);
            }
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            dataDir.resolve("postgres-programs").toFile())
                    // Handed to initdb after zonky's own "-A trust", which they replace.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setConnectConfig("password", password)
                    .setServerConfig("unix_socket_directories", "")
                    // zonky's defaults are for throw-away test data.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "50")
                    .setServerConfig("shared_buffers", "64MB")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            EmbeddedDatabase database = new EmbeddedDatabase(lock, server, password);
            database.prepareRoles();
            log.info("PostgreSQL: ready on port {}", server.getPort());
            return database;
        } catch (IOException | IllegalStateException | SQLException | UncheckedIOException e) {
            throw new StartupRefused(
                    "PostgreSQL in %s did not start: %s. See %s.".formatted(data, reason(serverLog, e), serverLog), e);
        }
    }

    /** For migrations: the role that owns the tables. */
    DataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(OWNER_ROLE);
        source.setPassword(ownerPassword);
        return source;
    }

    /** For everything else: the role whose every query is subject to the tenants' policies. */
    HikariDataSource app() {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(url());
        source.setUsername(APP_ROLE);
        source.setPassword(appPassword);
        source.setMaximumPoolSize(16);
        source.setMinimumIdle(2);
        source.setPoolName("lightvessel");
        return source;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), DATABASE);
    }

    private void prepareRoles() throws SQLException {
        DataSource superuser = server.getPostgresDatabase(Map.of("password", superuserPassword));
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : new String[] {OWNER_ROLE, APP_ROLE}) {
                statement.execute(
                        "do $$ begin if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s; end if; end $$"
                                .formatted(role));
                statement.execute("alter role %s login nosuperuser nobypassrls nocreatedb nocreaterole password '%s'"
                        .formatted(role, role.equals(OWNER_ROLE) ? ownerPassword : appPassword));
            }
            boolean exists;
            try (var found = statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("create database %s owner %s".formatted(DATABASE, OWNER_ROLE));
            }
        }
    }

    private static String superuserPassword(Path file, boolean fresh) {
        if (fresh) {
            String password = newPassword();
            PrivateFiles.write(file, password.getBytes(StandardCharsets.UTF_8));
            return password;
        }
        return PrivateFiles.read(file)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new StartupRefused(
                        "The database password %s is missing although the database exists: put it back, or use another data directory."
                                .formatted(file)));
    }

    /** The server's own last complaint says more than the exit code of the program that started it. */
    private static String reason(Path serverLog, Exception e) {
        Pattern complaint = Pattern.compile(".*(?:FATAL|PANIC|error): +(.*)");
        return PrivateFiles.read(serverLog)
                .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .map(complaint::matcher)
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .reduce((first, second) -> second))
                .orElse(String.valueOf(e.getMessage()));
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            server.close();
        }
    }
}
