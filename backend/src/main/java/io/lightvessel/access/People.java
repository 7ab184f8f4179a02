package io.lightvessel.access;

import io.lightvessel.tenancy.Tenants;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;

/** Tells who signed in from what the OpenID provider says. */
@Service
public class People {
    private final Tenants tenants;

    People(Tenants tenants) {
        this.tenants = tenants;
    }

    /** Organizations that are no tenants here are left out. */
    public Person of(OidcUser user) {
        return new Person(user.getName(), tenants.findAll(Organizations.of(user.getClaim(Organizations.CLAIM))));
    }
}
