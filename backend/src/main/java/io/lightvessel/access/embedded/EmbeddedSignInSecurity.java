package io.lightvessel.access.embedded;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * The embedded provider's doors. It shares the browser's session with the console but keeps its own sign-in there: being
 * known to the provider is not yet being signed in to the console.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("lightvessel.embedded.enabled")
class EmbeddedSignInSecurity {
    private static final int BEFORE_ALL_OTHERS = 1;

    @Bean
    @Order(BEFORE_ALL_OTHERS)
    SecurityFilterChain identityProvider(HttpSecurity http, EmbeddedAccount account) throws Exception {
        HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
        contexts.setSpringSecurityContextKey("lightvessel.provider.context");
        HttpSessionRequestCache requests = new HttpSessionRequestCache();
        requests.setSessionAttrName("lightvessel.provider.request");

        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        return http.securityMatcher(new OrRequestMatcher(
                        server.getEndpointsMatcher(),
                        PathPatternRequestMatcher.withDefaults().matcher(SignInPage.PATH)))
                .with(server, s -> s.oidc(Customizer.withDefaults()))
                .authenticationProvider(accounts(account))
                .securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(cache -> cache.requestCache(requests))
                .authorizeHttpRequests(all -> all.requestMatchers(SignInPage.PATH)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(tokens -> tokens.jwt(Customizer.withDefaults()))
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint(SignInPage.PATH),
                        new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
                .formLogin(form -> form.loginPage(SignInPage.PATH)
                        .loginProcessingUrl(SignInPage.PATH)
                        .permitAll())
                .build();
    }

    private static DaoAuthenticationProvider accounts(EmbeddedAccount account) {
        PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        DaoAuthenticationProvider provider =
                new DaoAuthenticationProvider(new InMemoryUserDetailsManager(User.withUsername(account.user())
                        .password(encoder.encode(account.password()))
                        .build()));
        provider.setPasswordEncoder(encoder);
        return provider;
    }
}
