package io.lightvessel.testing;

import io.lightvessel.access.People;
import io.lightvessel.access.Person;
import io.lightvessel.access.SignIn;
import io.lightvessel.access.SignInSecurity;
import io.lightvessel.tenancy.Tenant;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs browsers in as the console does, which lives in another module, and shows who came. */
@TestConfiguration
public class ConsoleStandIn {

    @Bean
    @Order(1000)
    SecurityFilterChain standIn(HttpSecurity http, ClientRegistrationRepository registrations, SignInSecurity signIn)
            throws Exception {
        OidcClientInitiatedLogoutSuccessHandler signOut = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        signOut.setPostLogoutRedirectUri("{baseUrl}/");
        return signIn.apply(http)
                .securityMatcher("/test/**", "/oauth2/authorization/**", "/login/oauth2/**", "/logout/**")
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.logoutSuccessHandler(signOut))
                .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                .oauth2Login(login -> login.loginPage(SignIn.START))
                .build();
    }

    @RestController
    static class WhoAmI {
        private final People people;

        WhoAmI(People people) {
            this.people = people;
        }

        record Answer(String name, List<String> tenants) {}

        @GetMapping("/test/whoami")
        Answer whoAmI(@AuthenticationPrincipal OidcUser user) {
            Person person = people.of(user);
            return new Answer(
                    person.name(), person.tenants().stream().map(Tenant::slug).toList());
        }
    }
}
