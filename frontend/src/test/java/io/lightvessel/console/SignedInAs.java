package io.lightvessel.console;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.test.context.support.WithSecurityContext;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Signs somebody in as the OpenID provider would, with the organisations of the claim. */
@Retention(RetentionPolicy.RUNTIME)
@WithSecurityContext(factory = SignedInAs.Factory.class)
public @interface SignedInAs {

    String value() default "ada";

    String[] organisations() default {"demo"};

    /** Makes the token. */
    class Factory implements WithSecurityContextFactory<SignedInAs> {

        @Override
        public SecurityContext createSecurityContext(SignedInAs who) {
            OidcIdToken token = new OidcIdToken(
                    "test",
                    Instant.now(),
                    Instant.now().plusSeconds(3600),
                    Map.of(
                            "sub",
                            who.value(),
                            "preferred_username",
                            who.value(),
                            "organization",
                            List.of(who.organisations())));
            List<SimpleGrantedAuthority> authorities = List.of(new SimpleGrantedAuthority("OIDC_USER"));
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new OAuth2AuthenticationToken(
                    new DefaultOidcUser(authorities, token, "preferred_username"), authorities, "lightvessel"));
            return context;
        }
    }
}
