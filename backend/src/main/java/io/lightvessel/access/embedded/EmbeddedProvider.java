package io.lightvessel.access.embedded;

import io.lightvessel.access.IdentityProvider;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.springframework.core.env.Environment;

/** This process as its own OpenID provider, reached over the loopback interface on whichever port it got. */
class EmbeddedProvider implements IdentityProvider {
    static final String CLIENT_ID = "lightvessel";

    private final Environment environment;
    private final String secret;

    EmbeddedProvider(Environment environment) {
        this.environment = environment;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public String issuerUri() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public String clientId() {
        return CLIENT_ID;
    }

    @Override
    public String clientSecret() {
        return secret;
    }

    @Override
    public List<String> scopes() {
        return List.of("openid", "profile", "organization");
    }

    @Override
    public String toString() {
        return "the embedded provider";
    }

    /** Known once the server listens. */
    int port() {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }
}
