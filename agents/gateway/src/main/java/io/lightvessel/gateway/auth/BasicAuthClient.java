package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Sends a name and a password to a backend (RFC 7617). */
final class BasicAuthClient implements ClientAuthenticator {

    private final Secret username;
    private final Secret password;

    BasicAuthClient(Secret username, Secret password) {
        this.username = username;
        this.password = password;
    }

    @Override
    public void authenticate(Metadata metadata, Map<String, String> headers) throws ComponentFailure {
        String name = username.get();
        if (name.indexOf(':') >= 0) {
            throw new ComponentFailure("client_auth::username has a colon (expected: none, it ends the name)");
        }
        byte[] credentials = (name + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
        Headers.set(headers, "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
}
