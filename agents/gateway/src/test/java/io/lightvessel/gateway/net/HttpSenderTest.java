package io.lightvessel.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.net.http.ConnectionRules;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSenderTest {
    private ScriptedHttp backend;

    @BeforeEach
    void start() throws Exception {
        backend = new ScriptedHttp();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private interface Asked {
        void headers(Metadata metadata, Map<String, String> headers) throws ComponentFailure;
    }

    private static ClientAuthenticator authenticator(Asked asked) {
        return new ClientAuthenticator() {
            @Override
            public void authenticate(Metadata metadata, Map<String, String> headers) throws ComponentFailure {
                asked.headers(metadata, headers);
            }

            @Override
            public void stop(Duration grace) {}
        };
    }

    private String post(ClientAuthenticator authenticator, Metadata metadata) throws Exception {
        HttpSender sender = new HttpSender(
                Loops.SHARED,
                null,
                ConnectionRules.DEFAULT,
                Map.of("X-Scope-OrgID", "static"),
                Duration.ofSeconds(5),
                authenticator);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        try {
            sender.post(
                    URI.create(backend.url() + "/push"),
                    Map.of("Content-Type", "application/x-protobuf"),
                    metadata,
                    new byte[] {1, 2, 3},
                    2,
                    response -> outcome.complete("status " + response.statusCode()),
                    outcome::complete);
            return outcome.get(20, TimeUnit.SECONDS);
        } finally {
            sender.close(Duration.ZERO);
        }
    }

    @Test
    void theAuthenticatorChangesHeadersButNotTheProtocolsOwn() throws Exception {
        Metadata metadata = Metadata.of(Map.of("x-tenant", List.of("acme")));
        ClientAuthenticator authenticator = authenticator((known, headers) -> {
            headers.put("Authorization", "Bearer t");
            headers.put("X-Scope-OrgID", String.valueOf(known.first("x-tenant")));
            headers.put("content-type", "text/plain");
        });
        assertThat(post(authenticator, metadata)).isEqualTo("status 200");
        assertThat(backend.requests.getFirst().headers())
                .containsEntry("Authorization", "Bearer t")
                .containsEntry("X-Scope-OrgID", "acme")
                .containsEntry("Content-Type", "application/x-protobuf");
        assertThat(backend.requests.getFirst().body()).containsExactly(1, 2);
    }

    @Test
    void withoutCredentialsNothingIsSent() throws Exception {
        ClientAuthenticator authenticator = authenticator((known, headers) -> {
            throw new ComponentFailure("the token file is empty");
        });
        assertThat(post(authenticator, Metadata.EMPTY)).isEqualTo("no credentials: the token file is empty");
        assertThat(backend.requests).isEmpty();
    }
}
