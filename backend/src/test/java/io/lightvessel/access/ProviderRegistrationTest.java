package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** How the provider is asked what it is, and what people are told while it does not answer. */
class ProviderRegistrationTest {
    private final AtomicInteger questions = new AtomicInteger();
    private final MovableClock clock = new MovableClock();
    private volatile Supplier<ClientRegistration> provider = () -> {
        throw new IllegalArgumentException("Connection refused");
    };

    private final ProviderRegistration registration = new ProviderRegistration(
            "https://keycloak.example/realms/lightvessel",
            () -> {
                questions.incrementAndGet();
                return provider.get();
            },
            clock);

    @Test
    void aProviderThatIsDownIsLeftAloneForAMoment() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::ask)
                    .isInstanceOf(ProviderUnreachable.class)
                    .hasMessage(
                            "https://keycloak.example/realms/lightvessel: no answer (expected: an OpenID provider's description)");
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void aProviderThatCameUpIsAskedAgainAndThenNoMore() {
        assertThatThrownBy(this::ask).isInstanceOf(ProviderUnreachable.class);
        provider = ProviderRegistrationTest::answer;
        clock.now = clock.now.plus(ProviderRegistration.PAUSE);

        assertThat(ask().getClientId()).isEqualTo("lightvessel");
        assertThat(ask()).isSameAs(ask());
        assertThat(questions).hasValue(2);
    }

    @Test
    void manyWhoComeAtOnceAskOnce() throws Exception {
        CountDownLatch here = new CountDownLatch(20);
        provider = ProviderRegistrationTest::answer;
        try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ClientRegistration>> all = Collections.nCopies(20, () -> {
                here.countDown();
                here.await();
                return ask();
            });
            for (Future<ClientRegistration> each : browsers.invokeAll(all)) {
                assertThat(each.get().getClientId()).isEqualTo("lightvessel");
            }
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void otherProvidersAreUnknown() {
        assertThat(registration.findByRegistrationId("google")).isNull();
        assertThat(questions).hasValue(0);
    }

    @Test
    void whoWantsToSignInWhileItIsDownGetsAPage() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain rest = new MockFilterChain();
        new ProviderDownFilter(registration).doFilter(new MockHttpServletRequest("GET", SignIn.START), response, rest);

        assertThat(rest.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
        assertThat(response.getContentAsString()).contains("<h1>Nobody can sign in right now</h1>");
    }

    @Test
    void whoIsSignedInAlreadyNoticesNothing() throws Exception {
        MockFilterChain rest = new MockFilterChain();
        new ProviderDownFilter(registration)
                .doFilter(new MockHttpServletRequest("GET", "/clusters"), new MockHttpServletResponse(), rest);

        assertThat(rest.getRequest()).isNotNull();
        assertThat(questions).hasValue(0);
    }

    private ClientRegistration ask() {
        return registration.findByRegistrationId(SignIn.REGISTRATION);
    }

    private static ClientRegistration answer() {
        return ClientRegistration.withRegistrationId(SignIn.REGISTRATION)
                .clientId("lightvessel")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}")
                .authorizationUri("https://keycloak.example/auth")
                .tokenUri("https://keycloak.example/token")
                .build();
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
