package io.lightvessel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditVerifyTest {
    private static final Path ROOT = Path.of("/product");

    @Test
    void theDemoTenantHereIsMeantUnlessSaidOtherwise() {
        assertThat(AuditVerify.parse(ROOT, List.of("verify")))
                .isEqualTo(new AuditVerify(Path.of("/product/.lightvessel/data"), null, "demo"));
        assertThat(AuditVerify.parse(ROOT, List.of("verify", "--url", "https://lv.example", "--tenant", "acme")))
                .isEqualTo(new AuditVerify(Path.of("/product/.lightvessel/data"), "https://lv.example", "acme"));
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> AuditVerify.parse(ROOT, List.of()))
                .isInstanceOf(UsageError.class)
                .hasMessage("audit: nothing (expected: verify)");
        assertThatThrownBy(() -> AuditVerify.parse(ROOT, List.of("verify", "--tenant")))
                .hasMessage("--tenant: no value given");
        assertThatThrownBy(() -> AuditVerify.parse(ROOT, List.of("verify", "--all")))
                .hasMessage("unknown option: --all (expected: --data DIR, --url URL or --tenant T)");
    }
}
