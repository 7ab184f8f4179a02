package io.lightvessel.platform.ui;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.lightvessel.access.SignIn;
import io.lightvessel.access.SignInSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The browsers' door, behind the doors of the API and of the agents: everything needs a sign-in. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {
    private static final int AFTER_THE_OTHERS = 100;

    @Bean
    @Order(AFTER_THE_OTHERS)
    SecurityFilterChain console(HttpSecurity http, SignInSecurity signIn) throws Exception {
        return signIn.apply(http)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/lightvessel.css", "/lightvessel.svg")
                        .permitAll())
                .with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.oauth2LoginPage(SignIn.START, "{baseUrl}/"))
                // After Vaadin's: it names the sign-in page, without which Spring would ask the provider at start.
                .oauth2Login(login -> login.failureHandler(new FailedSignIn()))
                .build();
    }
}
