package io.lightvessel.access.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDirectoryTest {
    private static final Tenant ACME = new Tenant(new TenantId(UUID.randomUUID()), "acme", "Acme", Instant.EPOCH);

    @TempDir
    private Path dir;

    private EmbeddedDirectory directory;

    @BeforeEach
    void open() {
        directory =
                new EmbeddedDirectory(dir.resolve("organizations"), new EmbeddedAccount("demo", "password"), "demo");
    }

    @Test
    void theAccountBelongsToTheFirstTenantAndToThoseItIsGiven() throws Exception {
        assertThat(directory.organizations()).containsExactly("demo");

        directory.join(ACME, "demo");
        assertThat(directory.belongs(ACME, "demo")).isTrue();
        open();
        assertThat(directory.organizations()).containsExactly("acme", "demo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("organizations"))))
                .isEqualTo("rw-------");

        directory.leave(ACME, "demo");
        assertThat(directory.organizations()).containsExactly("demo");
    }

    @Test
    void whoeverCannotSignInIsNotKept() {
        directory.join(ACME, "bea");
        assertThat(directory.belongs(ACME, "bea")).isFalse();
        assertThat(directory.organizations()).containsExactly("demo");
    }
}
