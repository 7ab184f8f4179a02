package io.lightvessel.access;

import java.io.IOException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.stereotype.Component;

/** What belongs to signing in with any provider, for whoever sets up the browsers' door. */
@Component
public class SignInSecurity {
    private final ProviderRegistration registration;
    private final BackChannelLogout logout;

    SignInSecurity(ProviderRegistration registration, BackChannelLogout logout) {
        this.registration = registration;
        this.logout = logout;
    }

    /** Adds a page for the time the provider is down, and the provider's way to end sessions. */
    public HttpSecurity apply(HttpSecurity http) throws IOException {
        return http.addFilterBefore(
                        new ProviderDownFilter(registration), OAuth2AuthorizationRequestRedirectFilter.class)
                .oidcLogout(provider -> provider.backChannel(channel -> channel.logoutHandler(logout)));
    }
}
