package io.lightvessel.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;

/** Ends the sessions that a logout token names, once the token has been found good. */
@Component
class BackChannelLogout implements LogoutHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BackChannelLogout.class);
    private final OidcSessionRegistry registry;
    private final OpenSessions sessions;

    BackChannelLogout(OidcSessionRegistry registry, OpenSessions sessions) {
        this.registry = registry;
        this.sessions = sessions;
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication == null || !(authentication.getPrincipal() instanceof OidcLogoutToken token)) {
            throw new IllegalArgumentException("logout: no token (expected: a logout token)");
        }
        int ended = 0;
        for (OidcSessionInformation session : registry.removeSessionInformation(token)) {
            if (sessions.end(session.getSessionId())) {
                ended++;
            }
        }
        LOG.info("sign-out by the identity provider: {} sessions ended", ended);
    }
}
