package io.lightvessel.platform.ui;

import com.vaadin.flow.spring.security.AuthenticationContext;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.Tenants;
import java.util.List;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Knows who is signed in and which organisations that person may see. */
@Component
public class SignedIn {

    private final AuthenticationContext authentication;
    private final Tenants tenants;

    SignedIn(AuthenticationContext authentication, Tenants tenants) {
        this.authentication = authentication;
        this.tenants = tenants;
    }

    /** The organisations of this person that exist, by slug. */
    public List<Tenant> organisations() {
        return tenants.findAll(OrganizationClaim.slugs(user().getClaim(OrganizationClaim.NAME)));
    }

    /** The organisation with this slug; whether it is missing or merely foreign is not told apart. */
    public Org enter(String slug) {
        return organisations().stream()
                .filter(tenant -> tenant.slug().equals(slug))
                .findFirst()
                .map(tenant -> new Org(tenant, Actor.user(userName())))
                .orElseThrow(() -> new NotAMemberException(slug));
    }

    public String userName() {
        OidcUser user = user();
        String preferred = user.getPreferredUsername();
        return preferred == null ? user.getName() : preferred;
    }

    void signOut() {
        authentication.logout();
    }

    private OidcUser user() {
        return authentication
                .getAuthenticatedUser(OidcUser.class)
                .orElseThrow(() -> new IllegalStateException("nobody is signed in (expected: an OpenID Connect user)"));
    }
}
