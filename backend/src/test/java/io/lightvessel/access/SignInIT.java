package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.testing.BrowserStandIn;
import io.lightvessel.testing.ControlPlaneTest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Signs in with the embedded provider. */
@ControlPlaneTest
class SignInIT extends SignInContract {
    @Autowired
    private LightvesselSettings settings;

    @Override
    Account account() throws Exception {
        List<String> lines = Files.readAllLines(settings.dataDir().resolve("sign-in"));
        return new Account(lines.get(0), lines.get(1), settings.embedded().tenant());
    }

    @Override
    String someoneElse() {
        return "bea";
    }

    @Test
    void aWrongPasswordIsRefusedOnTheSamePage() throws Exception {
        BrowserStandIn browser = browser();
        HttpResponse<String> refused = signIn(browser, new Account("demo", "guess", "demo"));

        assertThat(refused.uri().toString()).endsWith("/identity/sign-in?error");
        assertThat(refused.body()).contains("User or password is wrong.");
    }

    @Test
    void filesWithSecretsAreTheirOwnersAlone() throws Exception {
        for (String file : List.of("sign-in", "api-token", "keys/openid.json", "keys/postgres")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(settings.dataDir().resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }
}
