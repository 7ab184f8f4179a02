package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.testing.BrowserStandIn;
import io.lightvessel.testing.ControlPlaneTest;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Logout tokens as a provider sends them, good and bad. The embedded provider sends none, so its key signs ours. */
@ControlPlaneTest
class BackChannelLogoutIT {
    @LocalServerPort
    private int port;

    @Autowired
    private JWKSource<SecurityContext> keys;

    @Autowired
    private LightvesselSettings settings;

    @Autowired
    private OpenSessions sessions;

    private BrowserStandIn browser;
    private RSAKey key;

    @BeforeEach
    void someoneSignedIn() throws Exception {
        List<String> account = Files.readAllLines(settings.dataDir().resolve("sign-in"));
        browser = new BrowserStandIn(port);
        SignInContract.signIn(browser, new SignInContract.Account(account.get(0), account.get(1), "demo"));
        assertThat(status()).isEqualTo(200);
        JWK found = keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                .getFirst();
        key = found.toRSAKey();
    }

    @Test
    void aGoodTokenEndsThePersonsSessions() throws Exception {
        int before = sessions.count();
        assertThat(send(token(key, claims().build()))).isEqualTo(200);

        assertThat(status()).isEqualTo(302);
        assertThat(sessions.count()).isLessThan(before);
    }

    @Test
    void aTokenOfAStrangersKeyEndsNothing() throws Exception {
        RSAKey stranger = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
        assertThat(send(token(stranger, claims().build()))).isEqualTo(400);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void aTokenForAnotherProgramOrNotForLoggingOutEndsNothing() throws Exception {
        assertThat(send(token(key, claims().audience("grafana").build()))).isEqualTo(400);
        assertThat(send(token(key, claims().claim("events", null).build()))).isGreaterThanOrEqualTo(400);
        assertThat(send("no.token.atall")).isEqualTo(400);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void aTokenForSomeoneElseEndsNothingHere() throws Exception {
        assertThat(send(token(key, claims().subject("someone-else").build()))).isEqualTo(200);
        assertThat(status()).isEqualTo(200);
    }

    private int status() {
        return browser.get("/test/whoami").statusCode();
    }

    private int send(String token) {
        return new BrowserStandIn(port)
                .post(SignIn.BACK_CHANNEL_LOGOUT, Map.of("logout_token", token))
                .statusCode();
    }

    private JWTClaimsSet.Builder claims() {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder()
                .issuer("http://127.0.0.1:" + port)
                .audience("lightvessel")
                .subject("demo")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    private static String token(RSAKey key, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
