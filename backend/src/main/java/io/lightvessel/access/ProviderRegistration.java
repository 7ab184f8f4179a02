package io.lightvessel.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * This program as the provider's client. The provider is asked for its endpoints at the first sign-in: it may start after this
 * program, or be this program. While it does not answer it is asked by one request at a time, and left alone in between.
 */
final class ProviderRegistration implements ClientRegistrationRepository {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRegistration.class);
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final String issuer;
    private final Supplier<ClientRegistration> question;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable ClientRegistration known;
    private @Nullable Instant leftAloneUntil;

    ProviderRegistration(IdentityProvider provider, Clock clock) {
        this(provider.toString(), () -> ask(provider), clock);
    }

    ProviderRegistration(String issuer, Supplier<ClientRegistration> question, Clock clock) {
        this.issuer = issuer;
        this.question = question;
        this.clock = clock;
    }

    /** @throws ProviderUnreachable while the provider does not answer */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(SignIn.REGISTRATION)) {
            return null;
        }
        ClientRegistration registration = known;
        return registration == null ? ask() : registration;
    }

    private ClientRegistration ask() {
        asking.lock();
        try {
            ClientRegistration meanwhile = known;
            if (meanwhile != null) {
                return meanwhile;
            }
            if (leftAloneUntil != null && clock.instant().isBefore(leftAloneUntil)) {
                throw new ProviderUnreachable(issuer);
            }
            ClientRegistration answer = question.get();
            known = answer;
            return answer;
        } catch (ProviderUnreachable e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever is wrong with the answer or the way to it: nobody can sign in for now.
            leftAloneUntil = clock.instant().plus(PAUSE);
            LOG.warn("sign-in: {} does not answer as an OpenID provider: {}", issuer, e.getMessage());
            throw new ProviderUnreachable(issuer, e);
        } finally {
            asking.unlock();
        }
    }

    private static ClientRegistration ask(IdentityProvider provider) {
        ClientRegistration.Builder builder = ClientRegistrations.fromIssuerLocation(provider.issuerUri())
                .registrationId(SignIn.REGISTRATION)
                .clientName("Lightvessel")
                .clientId(provider.clientId())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(provider.scopes())
                .userNameAttributeName("preferred_username")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build());
        String secret = provider.clientSecret();
        return secret == null
                ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : builder.clientSecret(secret).build();
    }
}
