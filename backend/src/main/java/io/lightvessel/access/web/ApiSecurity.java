package io.lightvessel.access.web;

import io.lightvessel.access.ApiTokenAuthenticator;
import io.lightvessel.access.OperatorAuthenticator;
import io.lightvessel.access.RequestRate;
import io.lightvessel.platform.web.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/**
 * The doors that are not for browsers. The console adds its own, behind these; run without it, everything else is simply
 * not found.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    static final int PUBLIC = 10;
    static final int OPERATOR = 15;
    static final int API = 20;

    /**
     * Open to all: health, the API's description, OpAMP, which asks for credentials of its own, and the answer to requests
     * the container gave up, which must not become a redirect to the sign-in.
     */
    @Bean
    @Order(PUBLIC)
    SecurityFilterChain publicEndpoints(HttpSecurity http) throws Exception {
        return stateless(http)
                .securityMatcher(
                        "/actuator/health/**",
                        "/v3/api-docs/**",
                        "/v3/api-docs.yaml",
                        "/api/v1/schemas/**",
                        "/v1/opamp",
                        "/error")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(OPERATOR)
    SecurityFilterChain operatorApi(HttpSecurity http, OperatorAuthenticator authenticator, ProblemWriter problems)
            throws Exception {
        return stateless(http)
                .securityMatcher("/api/v1/operator/**")
                .addFilterBefore(new OperatorTokenFilter(authenticator, problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(API)
    SecurityFilterChain api(
            HttpSecurity http, ApiTokenAuthenticator authenticator, RequestRate rate, ProblemWriter problems)
            throws Exception {
        return stateless(http)
                .securityMatcher("/api/**")
                .addFilterBefore(
                        new BearerTokenFilter(authenticator, rate, problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
}
