package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** Makes headers of what a config says about credentials. */
final class Authorizations {
    private Authorizations() {}

    static RequestAuthorization of(Credentials credentials, Timer timer) throws ComponentFailure {
        return switch (credentials) {
            case Credentials.None() -> RequestAuthorization.NONE;
            case Credentials.Basic basic -> {
                SecretSource name = SecretSource.of(basic.username(), timer);
                SecretSource password = basic.password().isPresent()
                        ? SecretSource.of(basic.password().get(), timer)
                        : () -> "";
                yield () -> CompletableFuture.completedStage("Basic "
                        + Base64.getEncoder()
                                .encodeToString((name.get() + ":" + password.get()).getBytes(StandardCharsets.UTF_8)));
            }
            case Credentials.Header header -> {
                SecretSource secret = header.credentials().isPresent()
                        ? SecretSource.of(header.credentials().get(), timer)
                        : () -> "";
                yield () -> CompletableFuture.completedStage(header.scheme() + " " + secret.get());
            }
            case Credentials.OAuth2 oauth2 -> OAuth2Tokens.of(oauth2, timer);
        };
    }
}
